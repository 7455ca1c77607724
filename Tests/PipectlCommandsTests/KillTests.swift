import Foundation
import Glibc
import Testing

/// An apply that is killed at any moment is finished or repeated by the next one, with nothing doubled.
struct KillTests {
  private static let moments = Array(stride(from: 0, through: 480, by: 20))

  /// The target appends, so that a row that is loaded twice is there twice.
  private func writePipeline(_ sandbox: Sandbox) throws {
    try sandbox.writeCSVPipeline(rows: 10, request: "once")
    let manifest = try sandbox.read("pipelines/rows.yaml")
      .replacingOccurrences(of: "name: sqlite", with: "name: jsonl")
      .replacingOccurrences(of: "path: warehouse.sqlite", with: "folder: out")
    try sandbox.write(manifest, to: "pipelines/rows.yaml")
  }

  @Test(arguments: moments)
  func `apply killed after some milliseconds and applied again loads every row once`(milliseconds: Int) throws {
    let sandbox = try Sandbox()
    try writePipeline(sandbox)
    let apply = try sandbox.start(["apply", "-f", "pipelines"])
    usleep(UInt32(milliseconds) * 1000)  // poll: any moment is the right one
    apply.send(SIGKILL)
    _ = apply.end()
    let again = try sandbox.pipectl("apply", "-f", "pipelines")
    #expect(again.exitCode == 0, "\(again)")
    let waited = try sandbox.pipectl("wait", "rows", "--timeout", "180s")
    #expect(waited.exitCode == 0, "\(waited)")
    #expect(waited.errors.contains("rows.1 has ended: succeeded"), "\(waited)")
    let lines = try sandbox.read("out/rows.jsonl").split(separator: "\n")
    #expect(lines.count == 10)
    let last = try sandbox.pipectl("apply", "-f", "pipelines", "-o", "json")
    #expect(last.exitCode == 0, "\(last)")
    #expect(try last.json()["operations"] as? [String] == [], "\(last)")
    #expect(try sandbox.count("runs") == 1)
    #expect(try sandbox.count("requests") == 1)
    #expect(try sandbox.count("intents WHERE open = 1") == 0)
  }

  @Test func `two applies at once do it once`() throws {
    let sandbox = try Sandbox()
    try writePipeline(sandbox)
    let applies = try (0..<4).map { _ in try sandbox.start(["apply", "-f", "pipelines", "--lock-timeout", "10m"]) }
    let outcomes = applies.map { $0.end() }
    #expect(outcomes.map(\.exitCode) == [0, 0, 0, 0], "\(outcomes)")
    #expect(try sandbox.read("out/rows.jsonl").split(separator: "\n").count == 10)
    #expect(try sandbox.count("runs") == 1)
  }
}
