import Foundation
import Testing

struct BackupTests {
  @Test func `a backup brings back what was remembered, and no run id is given twice`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeIncrementalPipeline(rows: 10)
    #expect(try sandbox.pipectl("apply", "-f", "pipelines").exitCode == 0)
    #expect(try sandbox.pipectl("state", "backup", "b").exitCode == 0)
    #expect(try sandbox.pipectl("start", "rows").exitCode == 0)
    try sandbox.writeCSVPipeline("later", request: "first")
    #expect(try sandbox.pipectl("apply", "-f", "pipelines").exitCode == 0)
    let restored = try sandbox.pipectl("state", "restore", "b", "--yes")
    #expect(restored.exitCode == 0, "\(restored)")
    #expect(restored.errors.contains("store.sqlite.before-restore-1"))
    #expect(try sandbox.pipectl("get", "-o", "name").output == "pipeline/rows\n")
    #expect(try sandbox.pipectl("start", "rows").exitCode == 0)
    #expect(try sandbox.pipectl("get", "runs", "rows", "-o", "name").output == "run/rows.3\nrun/rows.1\n")
    #expect(
      try sandbox.pipectl("apply", "-f", "pipelines").exitCode == 0, "a pipeline that the backup did not know runs anew"
    )
    #expect(
      try sandbox.pipectl("get", "runs", "later", "-o", "json").text("items", 0, "status", "outcome") == "succeeded")
    #expect(try sandbox.rows("rows") == 10)
  }

  @Test func `without consent nothing is replaced`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeCSVPipeline()
    #expect(try sandbox.pipectl("apply", "-f", "pipelines").exitCode == 0)
    #expect(try sandbox.pipectl("state", "backup", "b").exitCode == 0)
    try sandbox.writeCSVPipeline("other")
    #expect(try sandbox.pipectl("apply", "-f", "pipelines").exitCode == 0)
    let refused = try sandbox.pipectl("state", "restore", "b")
    #expect(refused.exitCode == 1)
    #expect(refused.errors.contains("--yes"))
    #expect(try sandbox.pipectl("get", "-o", "name").output == "pipeline/other\npipeline/rows\n")
  }

  @Test func `a backup is never overwritten, and what is no backup is not restored`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeCSVPipeline()
    #expect(try sandbox.pipectl("apply", "-f", "pipelines").exitCode == 0)
    try sandbox.write("precious", to: "b")
    #expect(try sandbox.pipectl("state", "backup", "b").exitCode == 1)
    #expect(try sandbox.read("b") == "precious")
    let refused = try sandbox.pipectl("state", "restore", "b", "--yes")
    #expect(refused.exitCode == 1)
    #expect(try sandbox.pipectl("get", "-o", "name").output == "pipeline/rows\n")
  }

  @Test func `a damaged folder is told by doctor and mended by a backup`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeCSVPipeline()
    #expect(try sandbox.pipectl("apply", "-f", "pipelines").exitCode == 0)
    #expect(try sandbox.pipectl("doctor").exitCode == 0)
    #expect(try sandbox.pipectl("state", "backup", "b").exitCode == 0)
    try sandbox.write(String(repeating: "no database ", count: 1000), to: ".pipectl/store.sqlite", mode: 0o600)
    let sick = try sandbox.pipectl("doctor")
    #expect(sick.exitCode == 1)
    #expect(sick.output.contains("BROKEN"))
    #expect(sick.output.contains("state restore"))
    #expect(try sandbox.pipectl("state", "restore", "b", "--yes").exitCode == 0)
    #expect(try sandbox.pipectl("doctor").exitCode == 0)
    #expect(try sandbox.pipectl("get", "-o", "name").output == "pipeline/rows\n")
  }

  @Test func `names of one character are names too`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeCSVPipeline()
    #expect(try sandbox.pipectl("doctor", "--state", "s").exitCode == 0)
    #expect(try sandbox.pipectl("apply", "-f", "pipelines", "--state", "s").exitCode == 0)
    #expect(try sandbox.pipectl("state", "backup", "b", "--state", "s").exitCode == 0)
    #expect(try sandbox.pipectl("state", "restore", "b", "--state", "t").exitCode == 0)
    #expect(try sandbox.pipectl("get", "-o", "name", "--state", "t").output == "pipeline/rows\n")
  }

  @Test func `doctor says when the state folder is none`() throws {
    let sandbox = try Sandbox()
    try sandbox.write("", to: ".pipectl")
    let outcome = try sandbox.pipectl("doctor", "-o", "json")
    #expect(outcome.exitCode == 1)
    #expect(try outcome.text("checks", 0, "status") == "broken")
    #expect(try outcome.text("checks", 0, "help") == "name another one with --state")
  }
}
