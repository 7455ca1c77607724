internal import Foundation
internal import PipelineModel

/// The completion marker: what an installation holds. It is written last, so an installation without it is not there.
struct InstallationRecord: Hashable, Codable, Sendable {
  static let currentVersion = 1

  var version = Self.currentVersion
  /// As the manifest writes it.
  var requirement: String
  /// Where it was made, without symbolic links: its programs hold this path.
  var path: String
  /// The version of the package that was chosen.
  var packageVersion: String
  var python: PythonInterpreter
  /// `uv` or `venv`.
  var madeWith: String
  /// The programs of the package, sorted.
  var executables: [String]
  var madeAt: Timestamp

  /// Nil where there is none, or one that a later version wrote.
  init?(reading path: String) {
    guard let bytes = try? Files.contents(of: path),
      let record = try? JSONDecoder().decode(InstallationRecord.self, from: Data(bytes)),
      record.version == Self.currentVersion
    else { return nil }
    self = record
  }

  init(
    requirement: String, path: String, packageVersion: String, python: PythonInterpreter, madeWith: String,
    executables: [String],
    madeAt: Timestamp
  ) {
    self.requirement = requirement
    self.path = path
    self.packageVersion = packageVersion
    self.python = python
    self.madeWith = madeWith
    self.executables = executables
    self.madeAt = madeAt
  }

  func write(to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
    try Files.replace(path, with: Array(try encoder.encode(self)))
  }
}
