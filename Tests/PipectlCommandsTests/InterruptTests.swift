import Foundation
import Glibc
import Testing

/// Waiting can be given up; what was started goes on, and that is said.
struct InterruptTests {
  @Test(arguments: [(SIGINT, Int32(130)), (SIGTERM, Int32(143))])
  func `a signal while waiting leaves the run going`(signal: Int32, code: Int32) throws {
    let sandbox = try Sandbox()
    try sandbox.writeGatedPipeline(request: "first")
    let apply = try sandbox.start(["apply", "-f", "pipelines"])
    try eventually("the run is under way") { apply.errors.contains("slow.1: extract") }
    apply.send(signal)
    let outcome = apply.end()
    #expect(outcome.exitCode == code, "\(outcome)")
    #expect(outcome.errors.contains("slow.1 goes on"), "\(outcome)")
    #expect(outcome.errors.contains("pipectl stop slow"), "\(outcome)")
    try sandbox.write("", to: "gate")
    let waited = try sandbox.pipectl("wait", "slow", "--for", "succeeded", "--timeout", "180s")
    #expect(waited.exitCode == 0, "\(waited)")
    #expect(try sandbox.rows("slow") == 10)
  }

  @Test func `a signal while waiting for a pipeline changes nothing`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeGatedPipeline(request: "first")
    #expect(try sandbox.pipectl("apply", "-f", "pipelines", "--no-wait").exitCode == 0)
    let wait = try sandbox.start(["wait", "slow"])
    try eventually("it waits") { wait.errors.contains("slow.1: extract") }
    wait.send(SIGINT)
    let outcome = wait.end()
    #expect(outcome.exitCode == 130, "\(outcome)")
    try sandbox.write("", to: "gate")
    #expect(try sandbox.pipectl("wait", "slow", "--for", "succeeded", "--timeout", "180s").exitCode == 0)
  }

  @Test func `a wait that takes too long says so`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeGatedPipeline(request: "first")
    #expect(try sandbox.pipectl("apply", "-f", "pipelines", "--no-wait").exitCode == 0)
    let outcome = try sandbox.pipectl("wait", "slow", "--timeout", "1s")
    #expect(outcome.exitCode == 1)
    #expect(outcome.errors.contains("after 1s"), "\(outcome)")
    try sandbox.write("", to: "gate")
    #expect(try sandbox.pipectl("wait", "slow", "--timeout", "180s").exitCode == 0)
  }

  @Test func `another controller is named when it holds the folder too long`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeCSVPipeline()
    #expect(try sandbox.pipectl("apply", "-f", "pipelines").exitCode == 0)
    #expect(mkfifo(sandbox.path + "/fifo", 0o600) == 0)
    let holder = try Running(
      program: "/usr/bin/flock", [sandbox.path + "/.pipectl/lock", "-c", "echo held; read line <> fifo"], in: sandbox,
      environment: [:], input: "")
    try eventually("the lock is held") { holder.output == "held\n" }
    let outcome = try sandbox.pipectl("pause", "rows", "--lock-timeout", "1s")
    #expect(outcome.exitCode == 1)
    #expect(outcome.errors.contains("--lock-timeout"), "\(outcome)")
    #expect(try sandbox.pipectl("plan", "-f", "pipelines").exitCode == 0, "reading takes no lock")
    // Into the pipe: a sandbox puts a whole file in the place of what is there.
    try Data("go\n".utf8).write(to: URL(fileURLWithPath: sandbox.path + "/fifo"))
    _ = holder.end()
    #expect(try sandbox.pipectl("pause", "rows").exitCode == 0)
  }
}
