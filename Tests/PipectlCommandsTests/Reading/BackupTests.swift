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
    #expect(try sandbox.pipectl("get", "runs", "rows", "-o", "name").output == "run/rows.3\nrun/rows.2\nrun/rows.1\n")
    #expect(try sandbox.pipectl("apply", "-f", "pipelines").exitCode == 0)
    #expect(
      try sandbox.pipectl("get", "runs", "later", "-o", "name").output == "run/later.1\n",
      "a request that the backup did not know is known by the folder of its run")
    #expect(try sandbox.rows("rows") == 10)
  }

  /// A run is under way that began after the backup.
  private func running() throws -> Sandbox {
    let sandbox = try Sandbox()
    try sandbox.writeGatedPipeline()
    #expect(try sandbox.pipectl("apply", "-f", "pipelines").exitCode == 0)
    #expect(try sandbox.pipectl("state", "backup", "b").exitCode == 0)
    #expect(try sandbox.pipectl("start", "slow", "--request", "first", "--no-wait").exitCode == 0)
    try eventually("the run is under way") { sandbox.exists("gate-reached") }
    return sandbox
  }

  @Test func `a run that goes on while a backup is brought back is shown, blocks another, and is replaced`() throws {
    let sandbox = try running()
    #expect(try sandbox.pipectl("state", "restore", "b", "--yes").exitCode == 0)
    #expect(try sandbox.pipectl("get").output.contains("extract"))
    let refused = try sandbox.pipectl("start", "slow", "--request", "second")
    #expect(refused.exitCode == 1 && refused.errors.contains("slow.1 is running"), "\(refused)")
    let again = try sandbox.pipectl("start", "slow", "--request", "first", "--no-wait")
    #expect(again.exitCode == 0 && again.errors.contains("done: slow.1"), "\(again)")
    let replacing = try sandbox.start(["start", "slow", "--request", "third", "--if-running", "replace", "--yes"])
    try eventually("the first one has made room") { replacing.errors.contains("slow.2: extract") }
    try sandbox.write("", to: "gate")
    let outcome = replacing.end()
    #expect(outcome.exitCode == 0, "\(outcome)")
    #expect(try sandbox.pipectl("get", "runs", "slow", "-o", "name").output == "run/slow.2\nrun/slow.1\n")
  }

  @Test func `a run that the backup knows as going on has ended as it did, and what it confirmed is known`() throws {
    let sandbox = try running()
    #expect(try sandbox.pipectl("state", "backup", "later").exitCode == 0)
    try sandbox.write("", to: "gate")
    #expect(try sandbox.pipectl("wait", "slow", "--timeout", "180s").exitCode == 0)
    #expect(try sandbox.pipectl("apply", "-f", "pipelines").exitCode == 0)
    #expect(sandbox.exists(".pipectl/runs/ended/slow.1"))
    #expect(try sandbox.pipectl("state", "restore", "later", "--yes").exitCode == 0)
    let run = try sandbox.pipectl("get", "runs", "slow.1", "-o", "json")
    #expect(try run.text("status", "outcome") == "succeeded", "\(run)")
    let state = try sandbox.pipectl("state", "show", "slow")
    #expect(state.output.contains("10"), "\(state)")
  }

  @Test func `where the memory is lost the runs that go on are found, told of and stopped`() throws {
    let sandbox = try running()
    try sandbox.write("", to: ".pipectl/store.sqlite", mode: 0o600)
    let get = try sandbox.pipectl("get")
    #expect(get.output.contains("slow") && get.output.contains("extract"), "\(get)")
    #expect(
      get.errors.contains("is lost: its store.sqlite is missing or empty") && get.errors.contains("slow.1 goes on"),
      "\(get)")
    #expect(try sandbox.pipectl("describe", "run", "slow.1").exitCode == 0)
    let doctor = try sandbox.pipectl("doctor")
    #expect(doctor.exitCode == 1 && doctor.output.contains("slow.1 goes on"), "\(doctor)")
    let stop = try sandbox.pipectl("stop", "slow", "--yes")
    #expect(stop.exitCode == 0 && stop.output.contains("slow.1 cancelled"), "\(stop)")
    let apply = try sandbox.pipectl("apply", "-f", "pipelines")
    #expect(apply.exitCode == 0 && !apply.errors.contains("is lost"), "\(apply)")
    try sandbox.write("", to: "gate")
    #expect(try sandbox.pipectl("start", "slow").exitCode == 0)
    #expect(try sandbox.pipectl("get", "runs", "slow", "-o", "name").output == "run/slow.2\nrun/slow.1\n")
  }

  @Test func `a memory that is lost again and again gives no number twice, and acts on no request twice`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeCSVPipeline(request: "once")
    for _ in 1...3 {
      #expect(try sandbox.pipectl("apply", "-f", "pipelines").exitCode == 0)
      try sandbox.write("", to: ".pipectl/store.sqlite", mode: 0o600)
    }
    let again = try sandbox.pipectl("start", "rows", "--request", "more")
    #expect(again.exitCode == 1 && again.errors.contains("it was let go, and applying its manifest brings it back"))
    #expect(try sandbox.pipectl("apply", "-f", "pipelines").exitCode == 0)
    #expect(try sandbox.pipectl("start", "rows", "--request", "more").exitCode == 0)
    #expect(try sandbox.pipectl("get", "runs", "rows", "-o", "name").output == "run/rows.2\nrun/rows.1\n")
    #expect(try sandbox.pipectl("plan", "-f", "pipelines").output.contains("Nothing to do."))
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
