import Foundation
import Glibc
import Testing

/// Commands beside a controller that has their state folder for good.
struct HandOverTests {
  @Test(arguments: [
    "changes.txt", "command.txt", "gc.txt", "pause.txt", "plan-file.txt", "prune.txt", "slots.txt",
  ])
  func `a transcript is what the program prints beside a controller too`(name: String) throws {
    let recorded = try Transcript(named: name)
    #expect(try recorded.played(isServed: true).text == recorded.text)
  }

  @Test func `a stop beside a controller ends the run that an apply handed over`() throws {
    let sandbox = try Sandbox()
    let controller = try sandbox.startController()
    defer { controller.endNow() }
    try sandbox.writeGatedPipeline(request: "first")
    let apply = try sandbox.start(["apply", "-f", "pipelines"])
    try eventually("the run is under way") { sandbox.exists("gate-reached") }
    let stop = try sandbox.pipectl("stop", "slow", "--yes")
    #expect(stop.exitCode == 0, "\(stop)")
    #expect(stop.output.contains("slow.1 cancelled"), "\(stop)")
    let outcome = apply.end()
    #expect(outcome.exitCode == 1, "\(outcome)")
    #expect(outcome.errors.contains("slow.1 was cancelled by somebody else"), "\(outcome)")
  }

  @Test func `a command that is interrupted waits no longer, and its run goes on with the controller`() throws {
    let sandbox = try Sandbox()
    let controller = try sandbox.startController()
    defer { controller.endNow() }
    try sandbox.writeGatedPipeline(request: "first")
    let apply = try sandbox.start(["apply", "-f", "pipelines"])
    try eventually("the run is under way") { sandbox.exists("gate-reached") }
    apply.send(SIGINT)
    let outcome = apply.end()
    #expect(outcome.exitCode == 130, "\(outcome)")
    try sandbox.write("", to: "gate")
    let wait = try sandbox.pipectl("wait", "slow", "--timeout", "180s")
    #expect(wait.exitCode == 0, "\(wait)")
    #expect(try sandbox.rows("slow") == 10)
  }

  @Test func `a controller that is killed leaves its runs, its socket and no obstacle`() throws {
    let sandbox = try Sandbox()
    let controller = try sandbox.startController()
    try sandbox.writeGatedPipeline(request: "first")
    let apply = try sandbox.start(["apply", "-f", "pipelines"])
    try eventually("the run is under way") { sandbox.exists("gate-reached") }
    controller.endNow()
    #expect(sandbox.exists(".pipectl/control/socket"))
    try sandbox.write("", to: "gate")
    let outcome = apply.end()
    #expect(outcome.exitCode == 0 && outcome.output.contains("slow.1 succeeded"), "it goes on by itself: \(outcome)")
    let again = try sandbox.pipectl("apply", "-f", "pipelines")
    #expect(again.exitCode == 0, "\(again)")
    #expect(again.output == "Nothing to do.\n", "\(again)")
    #expect(try sandbox.count("runs") == 1)
  }

  @Test func `what the controller follows is applied by nobody else`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeCSVPipeline()
    let controller = try sandbox.startController("--follows", sandbox.path + "/pipelines")
    defer { controller.endNow() }
    for argument in ["pipelines", "pipelines/rows.yaml"] {
      let outcome = try sandbox.pipectl("apply", "-f", argument)
      #expect(outcome.exitCode == 1, "\(outcome)")
      #expect(outcome.errors.contains("follows \(sandbox.path)/pipelines"), "\(outcome)")
    }
    #expect(try sandbox.count("pipelines") == 0)
  }

  @Test func `the controller tells how it is, what was done, and in figures`() throws {
    let sandbox = try Sandbox()
    let controller = try sandbox.startController()
    defer { controller.endNow() }
    try sandbox.writeCSVPipeline(request: "first")
    #expect(try sandbox.pipectl("apply", "-f", "pipelines").exitCode == 0)
    #expect(try sandbox.ask("/livez") == "200\nok\n")
    #expect(try sandbox.ask("/readyz?verbose") == "200\n[+] store: ok\nready\n")
    #expect(try sandbox.ask("/v1/state").contains(#""name" : "rows""#))
    #expect(try sandbox.ask("/v1/events?pipeline=rows").contains(#""type":"RunEnded""#))
    let metrics = try sandbox.ask("/metrics")
    #expect(
      metrics.contains(#"pipectl_runs_total{pipeline="rows",result="succeeded",trigger="request"} 1"#), "\(metrics)")
    let body = metrics.split(separator: "\n").dropFirst().joined(separator: "\n") + "\n"
    let check = try Running(
      program: "/usr/bin/env", ["promtool", "check", "metrics"], in: sandbox, environment: [:], input: body
    ).end()
    // Where there is no promtool, nothing is said against them.
    #expect([0, 127].contains(check.exitCode), "\(check)")
    #expect(try sandbox.ask("/v1/nothing").hasPrefix("404"))
  }

  @Test func `a state is set and rolled back beside a controller, and a backup is not restored`() throws {
    let sandbox = try Sandbox()
    let controller = try sandbox.startController()
    defer { controller.endNow() }
    try sandbox.writeCSVPipeline(extra: "  streams: [{name: rows, replication: incremental, key: updated_at}]\n")
    #expect(try sandbox.pipectl("apply", "-f", "pipelines").exitCode == 0)
    #expect(try sandbox.pipectl("start", "rows").exitCode == 0)
    let first = try sandbox.pipectl("state", "show", "rows", "-o", "raw")
    #expect(first.exitCode == 0 && first.output.contains("2026-01-01T00:00:10Z"), "\(first)")
    let set = try sandbox.pipectl("state", "set", "rows", "-", input: #"{"bookmarks": {"rows": {}}}"#)
    #expect(set.exitCode == 0, "\(set)")
    let back = try sandbox.pipectl("state", "rollback", "rows", "--to", "rows.1")
    #expect(back.exitCode == 0, "\(back)")
    #expect(try sandbox.pipectl("state", "show", "rows", "-o", "raw").output == first.output)
    #expect(try sandbox.pipectl("state", "backup", "backup.db").exitCode == 0)
    let restore = try sandbox.pipectl("state", "restore", "backup.db", "--yes", "--lock-timeout", "0s")
    #expect(restore.exitCode == 1)
    #expect(restore.errors.contains("pipectl serve-goals"), "\(restore)")
  }

  @Test func `a socket folder that others can enter is not used`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeCSVPipeline()
    let controller = try sandbox.startController()
    defer { controller.endNow() }
    chmod(sandbox.path + "/.pipectl/control", 0o755)
    let outcome = try sandbox.pipectl("apply", "-f", "pipelines")
    #expect(outcome.exitCode == 1)
    #expect(outcome.errors.contains("chmod 700"), "\(outcome)")
  }
}
