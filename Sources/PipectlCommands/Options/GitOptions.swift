import ArgumentParser

/// Which folder of which repository.
struct GitOptions: ParsableArguments {
  @Option(
    name: .customLong("git"),
    help: "A repository: an https, ssh, git or file URL, `host:path`, or a path on this machine.")
  var url: String?

  @Option(help: "With --git: a branch, a tag or the full id of a commit; the remote's default branch unless given.")
  var ref: String?

  @Option(help: "With --git: the folder of the manifests, from the root of the repository; all of it unless given.")
  var path: String?

  func validate() throws {
    if url == nil, ref != nil || path != nil { throw ValidationError("--ref and --path mean nothing without --git") }
  }
}
