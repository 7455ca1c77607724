import Foundation
import Testing

/// Start, stop, complete and wait, on real runs.
struct JobCommandTests {
  private func continuous() throws -> Sandbox {
    let sandbox = try Sandbox()
    try sandbox.writeCSVPipeline(
      extra: """
          mode: continuous
          pollInterval: 1s
          streams: [{name: rows, replication: incremental, key: updated_at}]

        """)
    #expect(try sandbox.pipectl("apply", "-f", "pipelines").exitCode == 0)
    return sandbox
  }

  @Test func `a continuous run is completed in its cdc stage`() throws {
    let sandbox = try continuous()
    let start = try sandbox.pipectl("start", "rows", "--no-wait")
    #expect(start.exitCode == 0, "\(start)")
    let follows = try sandbox.pipectl("wait", "rows", "--for", "cdc", "--timeout", "180s")
    #expect(follows.exitCode == 0, "\(follows)")
    let outcome = try sandbox.pipectl("complete", "rows")
    #expect(outcome.exitCode == 0, "\(outcome)")
    #expect(outcome.output.contains("rows.1 completed"), "\(outcome)")
    #expect(try sandbox.rows("rows") == 10)
  }

  @Test func `there is nothing to complete without a run`() throws {
    let sandbox = try continuous()
    let outcome = try sandbox.pipectl("complete", "rows")
    #expect(outcome.exitCode == 1)
    #expect(outcome.errors.contains("no run is active"), "\(outcome)")
  }

  @Test func `a run that was cancelled while it follows changes leaves no partial snapshot`() throws {
    let sandbox = try continuous()
    #expect(try sandbox.pipectl("start", "rows", "--no-wait").exitCode == 0)
    #expect(try sandbox.pipectl("wait", "rows", "--for", "cdc", "--timeout", "180s").exitCode == 0)
    let outcome = try sandbox.pipectl("stop", "--run", "rows.1", "--yes", "--reason", "a test")
    #expect(outcome.exitCode == 0, "\(outcome)")
    #expect(outcome.output.contains("What was loaded stays"), "\(outcome)")
    #expect(!outcome.output.contains("Snapshot cancelled"), "\(outcome)")
    let late = try sandbox.pipectl("stop", "--run", "rows.1", "--yes")
    #expect(late.exitCode == 0)
    #expect(late.errors.contains("rows.1 is over already"), "\(late)")
    #expect(try sandbox.pipectl("stop", "--run", "rows.7", "--yes").exitCode == 1)
  }

  @Test func `a snapshot that is cut leaves a part, and says so`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeGatedPipeline(extra: "  schedule: {cron: \"0 6 * * *\", timeZone: Europe/Berlin}\n")
    #expect(try sandbox.pipectl("apply", "-f", "pipelines").exitCode == 0)
    #expect(try sandbox.pipectl("start", "slow", "--mode", "snapshot", "--no-wait").exitCode == 0)
    try eventually("the first rows were sent") { sandbox.exists("gate-reached") }
    let outcome = try sandbox.pipectl("stop", "slow", "--yes")
    #expect(outcome.exitCode == 0, "\(outcome)")
    #expect(outcome.output.contains("Snapshot cancelled"), "\(outcome)")
    #expect(outcome.output.contains("Next slot: "), "\(outcome)")
    #expect(outcome.output.contains("06:00 Europe/Berlin"), "\(outcome)")
  }

  @Test func `a request is acted on once, whatever is asked under its id later`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeCSVPipeline()
    #expect(try sandbox.pipectl("apply", "-f", "pipelines").exitCode == 0)
    #expect(try sandbox.pipectl("start", "rows", "--request", "nightly").exitCode == 0)
    let again = try sandbox.pipectl("start", "rows", "--request", "nightly")
    #expect(again.exitCode == 0)
    #expect(again.errors.contains("nothing was started"), "\(again)")
    let other = try sandbox.pipectl("start", "rows", "--request", "nightly", "--mode", "historical")
    #expect(other.exitCode == 1)
    #expect(other.errors.contains("choose a new id"), "\(other)")
    #expect(try sandbox.count("runs") == 1)
  }

  @Test func `a start that waits comes after the run that is active`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeGatedPipeline(request: "first")
    #expect(try sandbox.pipectl("apply", "-f", "pipelines", "--no-wait").exitCode == 0)
    let start = try sandbox.start(["start", "slow", "--if-running", "wait", "--request", "second"])
    try eventually("the request is pending") { try sandbox.count("requests") == 2 }
    #expect(try sandbox.count("runs") == 1)
    try sandbox.write("", to: "gate")
    let outcome = start.end()
    #expect(outcome.exitCode == 0, "\(outcome)")
    #expect(outcome.output.contains("slow.2 succeeded"), "\(outcome)")
  }

  @Test func `a stop from beside ends the run that an apply waits for`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeGatedPipeline(request: "first")
    let apply = try sandbox.start(["apply", "-f", "pipelines"])
    try eventually("the run is under way") { sandbox.exists("gate-reached") }
    let stop = try sandbox.pipectl("stop", "slow", "--yes")
    #expect(stop.exitCode == 0, "\(stop)")
    let outcome = apply.end()
    #expect(outcome.exitCode == 1, "\(outcome)")
    #expect(outcome.errors.contains("slow.1 was cancelled by somebody else"), "\(outcome)")
  }

  @Test func `a stop of a run that is being stopped already is done when that run is over`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeGatedPipeline(holdsOn: true, request: "first")
    #expect(try sandbox.pipectl("apply", "-f", "pipelines", "--no-wait").exitCode == 0)
    try eventually("the run is under way") { sandbox.exists("gate-reached") }
    #expect(try sandbox.pipectl("stop", "slow", "--yes", "--no-wait").exitCode == 0)
    let again = try sandbox.start(["stop", "slow", "--yes"])
    try eventually("the second request is recorded") { try sandbox.count("requests") == 3 }
    try sandbox.write("", to: "gate")
    let outcome = again.end()
    #expect(outcome.exitCode == 0, "\(outcome)")
    #expect(outcome.output.contains("slow.1 cancelled"), "\(outcome)")
  }

  @Test func `several pipelines and their conditions can be waited for`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeCSVPipeline(request: "first")
    try sandbox.writeCSVPipeline("more", extra: "  paused: true\n")
    let ready = try sandbox.start(["wait", "rows", "--for", "condition=Ready"])
    #expect(ready.end().errors.contains("there is no pipeline `rows`"))
    #expect(try sandbox.pipectl("apply", "-f", "pipelines").exitCode == 0)
    let both = try sandbox.pipectl("wait", "rows", "more", "--for=condition=paused=false", "--timeout", "1s")
    #expect(both.exitCode == 1, "\(both)")
    #expect(both.errors.contains("timed out after 1s waiting for more: its condition Paused is not False"), "\(both)")
    let waiting = try sandbox.start(["wait", "rows", "more", "--for", "condition=Ready", "--timeout", "180s"])
    #expect(try sandbox.pipectl("start", "more").exitCode == 0)
    let outcome = waiting.end()
    #expect(outcome.exitCode == 0, "\(outcome)")
    #expect(outcome.errors.contains("rows: Ready is True; rows.1 succeeded."), "\(outcome)")
    #expect(outcome.errors.contains("more: Ready is True; more.1 succeeded."), "\(outcome)")
  }

  @Test func `a run that moves nothing is ended, and pauses its pipeline where that is asked for`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeGatedPipeline(
      request: "first", extra: "  limits: {noProgress: {after: 1s, action: pause}, cancelGrace: 60s}\n")
    let outcome = try sandbox.pipectl("apply", "-f", "pipelines")
    #expect(outcome.exitCode == 1, "\(outcome)")
    let why = try sandbox.pipectl("why", "slow")
    #expect(why.output.contains("slow.1 moved nothing for too long (`limits.noProgress`)"), "\(why)")
    #expect(try sandbox.pipectl("wait", "slow", "--for=condition=Paused", "--timeout", "1s").exitCode == 0)
    #expect(try sandbox.pipectl("resume", "slow").errors.contains("slow is not paused"))
  }

  @Test(arguments: ["Ready", "condition=Redy", "condition=Ready=maybe", "condition", "run"])
  func `what cannot be waited for is wrong usage`(goal: String) throws {
    #expect(try Sandbox().pipectl("wait", "rows", "--for", goal).exitCode == 64)
  }

  @Test func `a pipeline that is paused can be started by hand`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeCSVPipeline(extra: "  paused: true\n")
    #expect(try sandbox.pipectl("apply", "-f", "pipelines").exitCode == 0)
    #expect(try sandbox.pipectl("start", "rows").exitCode == 0)
    #expect(try sandbox.rows("rows") == 10)
  }

  @Test func `deleting cancels no run`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeGatedPipeline(request: "first")
    #expect(try sandbox.pipectl("apply", "-f", "pipelines", "--no-wait").exitCode == 0)
    let outcome = try sandbox.pipectl("delete", "slow", "--yes", "--allow", "delete")
    #expect(outcome.exitCode == 0, "\(outcome)")
    #expect(outcome.errors.contains("slow.1 goes on"), "\(outcome)")
    try sandbox.write("", to: "gate")
    try eventually("its rows have arrived") { try sandbox.rows("slow") == 10 }
  }

  @Test func `the run of a pipeline that was let go is stopped like any other, and nothing is started there`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeGatedPipeline(request: "first")
    #expect(try sandbox.pipectl("apply", "-f", "pipelines", "--no-wait").exitCode == 0)
    try eventually("the first rows were sent") { sandbox.exists("gate-reached") }
    #expect(try sandbox.pipectl("delete", "slow", "--yes", "--allow", "delete").exitCode == 0)
    let start = try sandbox.pipectl("start", "slow", "--if-running", "wait")
    #expect(start.exitCode == 1 && start.errors.contains("there is no pipeline `slow`"), "\(start)")
    let stop = try sandbox.pipectl("stop", "slow", "--yes")
    #expect(stop.exitCode == 0, "\(stop)")
    #expect(stop.output.contains("slow.1 cancelled"), "\(stop)")
    let again = try sandbox.pipectl("stop", "slow", "--yes")
    #expect(again.exitCode == 1 && again.errors.contains("there is no pipeline `slow`"), "\(again)")
    #expect(try sandbox.pipectl("get", "runs", "slow", "-o", "json").output.contains("\"cancelled\""))
  }

  @Test(arguments: ["", "a\nb", ".a", String(repeating: "a", count: 128)])
  func `an id that no request can have is refused before anything is asked`(id: String) throws {
    let sandbox = try Sandbox()
    let outcome = try sandbox.pipectl("start", "rows", "--request", id)
    #expect(outcome.exitCode == 64, "\(outcome)")
    #expect(outcome.errors.contains("the id of a request is at most 127"), "\(outcome)")
  }

  @Test func `a reason is one line, so that no table and no log shows what nobody wrote`() throws {
    let outcome = try Sandbox().pipectl("pause", "rows", "--reason", "a\u{1b}[2Jb")
    #expect(outcome.exitCode == 64 && outcome.errors.contains("a reason is one line"), "\(outcome)")
  }
}
