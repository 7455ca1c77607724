import Foundation
import Glibc
import Testing

/// What a controller does later, somebody agreed to before.
struct ServedConsentTests {
  /// A controller that may have one run, and has it: `slow`. What `rows` wants has to wait.
  private func busy(_ extra: String = "") throws -> (Sandbox, Daemon) {
    let sandbox = try Sandbox()
    try sandbox.writeGatedPipeline(request: "first")
    try sandbox.writeCSVPipeline(extra: extra)
    let daemon = try Daemon(sandbox, ["--manifests", "pipelines", "--max-concurrent-runs", "1"])
    return (sandbox, daemon)
  }

  @Test func `what has to wait for room is agreed to before it is recorded, and happens then`() throws {
    let (sandbox, daemon) = try busy()
    try eventually("the run is under way") { sandbox.exists("gate-reached") }
    let start = ["start", "rows", "--drop-destination-first", "--request", "anew"]
    let refused = try sandbox.start(start).end()
    #expect(refused.exitCode == 1 && refused.errors.contains("--yes --allow rewrite"), "\(refused)")
    #expect(try sandbox.count("requests WHERE pipeline = 'rows'") == 0)

    let waiting = try sandbox.start(start + ["--yes", "--allow", "rewrite"])
    try eventually("it waits") { try sandbox.count("requests WHERE pipeline = 'rows'") == 1 }
    let why = try sandbox.pipectl("why", "rows")
    #expect(why.output.contains("1 run is active, as many as the controller may have"), "\(why)")
    #expect(why.output.contains("the controller acts on it as soon as it can"), "\(why)")
    waiting.send(SIGINT)
    #expect(waiting.end().exitCode == 130)
    try sandbox.write("", to: "gate")
    try eventually("the controller has done it") { try sandbox.rows("rows") == 10 }
    #expect(daemon.end().exitCode == 0)
  }

  @Test func `a commit whose request rewrites unasked is refused, also while there is no room`() throws {
    let (sandbox, daemon) = try busy()
    try eventually("the run is under way") { sandbox.exists("gate-reached") }
    let job = "  job: {request: anew, action: start, dropDestinationFirst: true}\n"
    try sandbox.writeCSVPipeline(extra: job)
    try daemon.awaits("rows.yaml:11:61: start rows rewrites destination")
    try sandbox.writeCSVPipeline(extra: job + "  allow: [rewrite]\n")
    try eventually("it waits") { try sandbox.count("requests WHERE pipeline = 'rows'") == 1 }
    try sandbox.write("", to: "gate")
    try eventually("the controller has done it") { try sandbox.rows("rows") == 10 }

    // What was acted on acts on nothing any more, so it needs no consent.
    try eventually("it is settled") {
      try sandbox.count("requests WHERE pipeline = 'rows' AND settled = 1") == 1
    }
    try sandbox.writeCSVPipeline(extra: job + "  limits: {runTimeout: 1h}\n")
    try eventually("the commit is applied") {
      try sandbox.pipectl("get", "rows", "-o", "json").number("status", "generation") == 3
    }
    #expect(daemon.end().exitCode == 0)
  }
}
