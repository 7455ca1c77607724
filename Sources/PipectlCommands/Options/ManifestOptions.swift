import ArgumentParser

/// Which manifests, and for which environment.
struct ManifestOptions: ParsableArguments {
  @Option(
    name: [.customShort("f"), .customLong("filename")], parsing: .singleValue,
    help: "A manifest, a folder of them, or `-` for standard input; may be given several times.",
    completion: .file())
  var files: [String] = []

  @Option(name: .customLong("env"), help: "The Environment whose variables and patches apply.")
  var environment: String?

  func demandFiles() throws {
    if files.isEmpty { throw ValidationError("name the manifests: a file, a folder or `-` with -f") }
  }
}
