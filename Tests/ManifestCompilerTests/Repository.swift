import Foundation
import Testing

/// The files of the project, for tests that hold what is checked in.
enum Repository {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// The files in a folder with a suffix, sorted, as paths from the root.
  static func files(in folder: String, suffix: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path)
      .filter { $0.hasSuffix(suffix) }.sorted().map { "\(folder)/\($0)" }
  }

  /// Compares a generated text with the file; with PIPECTL_RECORD=1 and outside CI, writes it first.
  static func expectFresh(_ path: String, _ generated: String) throws {
    let environment = ProcessInfo.processInfo.environment
    if environment["PIPECTL_RECORD"] == "1" {
      try #require(environment["CI"] == nil, "nothing is recorded in CI")
      let file = root.appending(path: path)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try generated.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(try text(path) == generated, "\(path) is stale: run the tests once with PIPECTL_RECORD=1")
  }
}
