internal import PipelineModel

/// One virtual environment with one package in it, named by what it holds.
struct Installation: Hashable, Sendable {
  /// Absolute.
  let folder: String
  let name: String

  /// Absolute, without a slash at its end.
  var path: String { "\(folder)/\(name)" }
  var marker: String { path + "/pipectl-connector.json" }
  /// It stays when the installation goes, so that two who wait for it wait for the same.
  var lock: String { "\(folder)/.locks/\(name).lock" }

  func program(_ name: String) -> String { "\(path)/bin/\(name)" }

  init(folder: String, name: String) {
    self.folder = folder
    self.name = name
  }

  /// Equal requirements and equal Pythons have equal names.
  init(folder: String, of requirement: PackageRequirement, with python: PythonInterpreter) {
    self.folder = folder
    let version = requirement.pinnedVersion.map { "-" + $0 } ?? ""
    let readable = (requirement.name + version).lowercased().map { character in
      character.isASCII && (character.isLetter || character.isNumber || "-._".contains(character)) ? character : "-"
    }
    name = "\(String(readable.prefix(80)))-\(StableDigest(of: "\(requirement.text)\n\(python.kind)").text)"
  }

  /// What it holds; nil where it is not complete, was moved, or its Python is gone.
  var record: InstallationRecord? {
    guard let record = InstallationRecord(reading: marker), record.path == Files.realPath(path),
      ProgramSearch.isProgram(program("python"))
    else { return nil }
    return record
  }
}

/// An installation that cannot be removed as long as this value is there.
struct HeldInstallation: Sendable {
  let installation: Installation
  let record: InstallationRecord
  let lock: FileDescriptor

  func program(_ wanted: WantedProgram) throws(Failure) -> String {
    installation.program(try wanted.choose(from: record, in: installation))
  }
}
