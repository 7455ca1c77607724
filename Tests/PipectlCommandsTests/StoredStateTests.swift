import Foundation
import GRDB
import Testing

/// State folders that earlier versions wrote, as `StoredStates/*.sql`; `scripts/record-state.py` writes the next one.
struct StoredStateTests {
  private static let folder = (#filePath as NSString).deletingLastPathComponent + "/StoredStates"

  static var names: [String] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return files.filter { $0.hasSuffix(".sql") }.sorted()
  }

  @Test func `there are stored states`() {
    #expect(!Self.names.isEmpty)
  }

  @Test(arguments: names)
  func `a state folder of an earlier version is read, and nothing of it is to be done again`(name: String) throws {
    let sandbox = try restored(name)
    let got = try sandbox.pipectl("get")
    #expect(got.exitCode == 0, "\(got)")
    #expect(
      words(got.output).map { $0.prefix(5).joined(separator: " ") } == [
        "NAME READY STATUS LAST RUN", "gone Unknown orphaned", "people True paused people.1 succeeded",
        "report False idle report.1 failed",
      ], "\(got)")
    let history = try sandbox.pipectl("history", "people")
    #expect(history.output.contains("people.1") && history.output.contains("request `first` by ada"), "\(history)")
    let plan = try sandbox.pipectl("plan", "-f", "pipelines", "--detailed-exitcode")
    #expect(plan.exitCode == 0, "\(plan)")
    #expect(plan.output.hasPrefix("Nothing to do."), "\(plan)")
  }

  @Test(arguments: names)
  func `a pipeline of an earlier version goes on from its bookmark`(name: String) throws {
    let sandbox = try restored(name)
    let people = try sandbox.read("people.csv")
    try sandbox.write(people + "3,Barbara,2026-01-03T00:00:00Z\n", to: "people.csv")
    let started = try sandbox.pipectl("start", "people", "--request", "second")
    #expect(started.exitCode == 0, "\(started)")
    let loaded = try sandbox.read("out/people.jsonl")
    #expect(loaded.contains("Barbara") && !loaded.contains("Ada"), "\(loaded)")
  }

  /// A sandbox with what that version stored, and the manifests that it had applied.
  private func restored(_ name: String) throws -> Sandbox {
    let sandbox = try Sandbox()
    for file in try FileManager.default.contentsOfDirectory(atPath: Self.folder + "/files") {
      try FileManager.default.copyItem(atPath: "\(Self.folder)/files/\(file)", toPath: "\(sandbox.path)/\(file)")
    }
    let sql = try String(contentsOfFile: "\(Self.folder)/\(name)", encoding: .utf8)
      .replacingOccurrences(of: "@FOLDER@", with: sandbox.path)
    try FileManager.default.createDirectory(
      atPath: sandbox.path + "/.pipectl", withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    try DatabaseQueue(path: sandbox.path + "/.pipectl/store.sqlite").writeWithoutTransaction {
      try $0.execute(sql: sql)
    }
    return sandbox
  }

  private func words(_ table: String) -> [[Substring]] {
    table.split(separator: "\n").map { $0.split(separator: " ") }
  }
}
