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
    let lonely =
      "warning: no controller is running: the slots of 1 scheduled pipeline do not start by themselves\n\n"
    let expected = recorded.text.replacingOccurrences(of: lonely, with: "")
    #expect(try recorded.played(isServed: true).text == expected)
  }

  @Test func `a stop beside a controller ends the run that an apply handed over`() throws {
    let sandbox = try Sandbox()
    let controller = try sandbox.startController()
    defer { controller.program.endNow() }
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
    defer { controller.program.endNow() }
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
    controller.program.endNow()
    #expect(sandbox.exists(".pipectl/control/socket"))
    try sandbox.write("", to: "gate")
    let outcome = apply.end()
    #expect(outcome.exitCode == 0 && outcome.output.contains("slow.1 succeeded"), "it goes on by itself: \(outcome)")
    let again = try sandbox.pipectl("apply", "-f", "pipelines")
    #expect(again.exitCode == 0, "\(again)")
    #expect(again.output == "Nothing to do.\n", "\(again)")
    #expect(try sandbox.count("runs") == 1)
  }

  @Test func `the controller tells how it is, what was done, and in figures`() throws {
    let sandbox = try Sandbox()
    let controller = try sandbox.startController()
    defer { controller.program.endNow() }
    try sandbox.writeCSVPipeline(request: "first")
    #expect(try sandbox.pipectl("apply", "-f", "pipelines").exitCode == 0)
    #expect(try sandbox.ask("/livez") == "200\nok\n")
    #expect(try sandbox.ask("/readyz?verbose").contains("[+] store: ok\n[+] adopted: ok\n"))
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
    defer { controller.program.endNow() }
    try sandbox.writeCSVPipeline(extra: "  streams: [{name: rows, replication: incremental, key: updated_at}]\n")
    #expect(try sandbox.pipectl("apply", "-f", "pipelines").exitCode == 0)
    #expect(try sandbox.pipectl("start", "rows").exitCode == 0)
    let first = try sandbox.pipectl("state", "show", "rows", "-o", "raw")
    #expect(first.exitCode == 0 && first.output.contains("2026-01-01T00:00:10Z"), "\(first)")
    let set = try sandbox.pipectl("state", "set", "rows", "-", input: #"{"bookmarks": {"rows": {}}}"#)
    #expect(set.exitCode == 0, "\(set)")
    #expect(try sandbox.ask("/v1/events?pipeline=rows").contains(#""type":"StateSet""#))
    let back = try sandbox.pipectl("state", "rollback", "rows", "--to", "rows.1")
    #expect(back.exitCode == 0, "\(back)")
    #expect(try sandbox.pipectl("state", "show", "rows", "-o", "raw").output == first.output)
    #expect(try sandbox.pipectl("state", "backup", "backup.db").exitCode == 0)
    let restore = try sandbox.pipectl("state", "restore", "backup.db", "--yes")
    #expect(restore.exitCode == 1)
    #expect(restore.errors.contains("`kill -TERM \(controller.program.pid)`"), "\(restore)")
    #expect(controller.end().exitCode == 0)
    #expect(try sandbox.pipectl("state", "restore", "backup.db", "--yes").exitCode == 0)
  }

  @Test func `a socket folder that others can enter is not used`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeCSVPipeline()
    let controller = try sandbox.startController()
    defer { controller.program.endNow() }
    chmod(sandbox.path + "/.pipectl/control", 0o755)
    let outcome = try sandbox.pipectl("apply", "-f", "pipelines")
    #expect(outcome.exitCode == 1)
    #expect(outcome.errors.contains("chmod 700"), "\(outcome)")
  }

  @Test(.enabled(if: geteuid() == 0, "becoming another user needs root"))
  func `another user gets no answer, also where the folder lets everybody in`() throws {
    let sandbox = try Sandbox()
    let controller = try sandbox.startController()
    defer { controller.program.endNow() }
    let folder = sandbox.path + "/.pipectl/control"
    chmod(folder, 0o755)
    chmod(folder + "/socket", 0o666)
    // It goes to the folder while it may, then becomes nobody, and asks.
    let script = """
      import os, socket
      os.chdir("\(folder)")
      try: os.setgroups([]); os.setgid(65534); os.setuid(65534)
      except OSError: raise SystemExit(77)
      line = socket.socket(socket.AF_UNIX)
      line.connect("socket")
      line.sendall(b"GET /v1/state HTTP/1.1\\r\\nHost: pipectl\\r\\nConnection: close\\r\\n\\r\\n")
      while piece := line.recv(4096): print(piece.decode(), end="")
      """
    let outcome = try Running(
      program: "/usr/bin/env", ["python3", "-c", script], in: sandbox, environment: [:], input: ""
    ).end()
    // Root of a container that has no other users may not.
    guard outcome.exitCode != 77 else { return }
    #expect(outcome.output.hasPrefix("HTTP/1.1 403 "), "\(outcome)")
    #expect(outcome.output.contains("answers only to that user and to root, not to uid 65534"), "\(outcome)")
    #expect(controller.end().exitCode == 0)
  }
}
