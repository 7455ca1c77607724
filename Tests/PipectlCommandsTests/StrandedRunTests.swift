import Foundation
import GRDB
import Glibc
import Testing

/// An apply is over when the runs of its manifests are, whoever started them and whatever became of their supervisors.
struct StrandedRunTests {
  /// A run is under way, and nobody waits for it.
  private func started(retry: String? = nil, holdsOn: Bool = false, extra: String = "") throws -> Sandbox {
    let sandbox = try Sandbox()
    try sandbox.writeGatedPipeline(
      holdsOn: holdsOn, request: "first", extra: (retry.map { "  retry: \($0)\n" } ?? "") + extra)
    let apply = try sandbox.pipectl("apply", "-f", "pipelines", "--no-wait")
    #expect(apply.exitCode == 0, "\(apply)")
    try eventually("the run is under way") { sandbox.exists("gate-reached") }
    return sandbox
  }

  /// Kills what was started with these words in its arguments.
  private func killProcess(of sandbox: Sandbox, with words: String...) throws {
    let pids = try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { pid_t($0) }
    let found = pids.filter { pid in
      let bytes = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline") ?? Data()
      let arguments = String(decoding: bytes, as: UTF8.self)
      return arguments.contains(sandbox.path) && words.allSatisfy { arguments.contains($0) }
    }
    try #require(found.count == 1, "one process of \(sandbox.path) with \(words)")
    kill(found[0], SIGKILL)
  }

  @Test func `the next apply tries a lost run again, and waits for its end`() throws {
    let sandbox = try started(retry: "{attempts: 3, backoff: 1s}")
    try killProcess(of: sandbox, with: "supervise")
    try sandbox.write("", to: "gate")
    let apply = try sandbox.pipectl("apply", "-f", "pipelines")
    #expect(apply.exitCode == 0, "\(apply)")
    #expect(apply.output.contains("Nothing to do."), "\(apply)")
    #expect(apply.output.contains("slow.1 succeeded"), "\(apply)")
    #expect(try sandbox.rows("slow") == 10)
    #expect(try sandbox.count("runs") == 1)
    let plan = try sandbox.pipectl("plan", "-f", "pipelines", "--detailed-exitcode")
    #expect(plan.exitCode == 0, "\(plan)")
  }

  @Test func `a start waits for the end of what a dead supervisor left behind, and is made then`() throws {
    let sandbox = try started(holdsOn: true, extra: "  limits: {cancelGrace: 3s}\n")
    try killProcess(of: sandbox, with: "supervise")
    try sandbox.remove("gate-reached")
    let start = try sandbox.start(["start", "slow", "--request", "second"])
    try eventually("the leftover is gone and the next run is under way") { sandbox.exists("gate-reached") }
    try sandbox.write("", to: "gate")
    let outcome = start.end()
    #expect(outcome.exitCode == 0 && outcome.output.contains("slow.2 succeeded"), "\(outcome)")
    #expect(
      try sandbox.pipectl("get", "runs", "slow.1", "-o", "json").text("status", "outcome") == "lost",
      "it waited for that")
  }

  @Test func `a wait for a run that nobody tries again says who would`() throws {
    let sandbox = try started(retry: "{attempts: 3, backoff: 1s}")
    try killProcess(of: sandbox, with: "supervise")
    let wait = try sandbox.pipectl("wait", "slow")
    #expect(wait.exitCode == 1, "\(wait)")
    #expect(wait.errors.contains("slow.1 was lost; attempt 2 is due at 20"), "\(wait)")
    #expect(wait.errors.contains("`pipectl apply -f FILE`"), "\(wait)")
    try sandbox.write("", to: "gate")
    #expect(try sandbox.pipectl("apply", "-f", "pipelines").exitCode == 0, "and that is true")
    #expect(try sandbox.pipectl("wait", "slow", "--for", "succeeded").exitCode == 0)
  }

  @Test func `a wait sees the attempt that somebody else makes`() throws {
    let sandbox = try started(retry: "{attempts: 3, backoff: 1s}")
    try killProcess(of: sandbox, with: "supervise")
    let wait = try sandbox.start(["wait", "slow", "--for", "succeeded"])
    try sandbox.write("", to: "gate")
    #expect(try sandbox.pipectl("apply", "-f", "pipelines").exitCode == 0)
    let outcome = wait.end()
    #expect(outcome.exitCode == 0, "\(outcome)")
  }

  @Test func `a wait for a run that never began says who begins it`() throws {
    let sandbox = try started()
    try killProcess(of: sandbox, with: "supervise")
    try killProcess(of: sandbox, with: "gated-tap")
    try sandbox.forgetBeginning()
    let wait = try sandbox.pipectl("wait", "slow")
    #expect(wait.exitCode == 1, "\(wait)")
    #expect(wait.errors.contains("slow.1 was ordered at 20"), "\(wait)")
    #expect(wait.errors.contains("`pipectl apply -f FILE`"), "\(wait)")
    try sandbox.write("", to: "gate")
    let apply = try sandbox.pipectl("apply", "-f", "pipelines")
    #expect(apply.exitCode == 0, "\(apply)")
    #expect(apply.output.contains("slow.1 succeeded"), "\(apply)")
  }

  @Test func `a second apply waits for the run that the first had started`() throws {
    let sandbox = try started()
    let apply = try sandbox.start(["apply", "-f", "pipelines"])
    try eventually("it shows the run") { apply.errors.contains("slow.1: extract") }
    #expect(apply.isRunning)
    try sandbox.write("", to: "gate")
    let outcome = apply.end()
    #expect(outcome.exitCode == 0, "\(outcome)")
    #expect(outcome.output.contains("Nothing to do."), "\(outcome)")
    #expect(outcome.output.contains("slow.1 succeeded"), "\(outcome)")
    #expect(!outcome.errors.contains("Still running"), "\(outcome)")
  }

  @Test func `a second apply fails when that run does`() throws {
    let sandbox = try started()
    let apply = try sandbox.start(["apply", "-f", "pipelines"])
    try eventually("it shows the run") { apply.errors.contains("slow.1: extract") }
    try killProcess(of: sandbox, with: "gated-tap")
    let outcome = apply.end()
    #expect(outcome.exitCode == 1, "\(outcome)")
    #expect(outcome.errors.contains("slow.1 failed"), "\(outcome)")
    #expect(try sandbox.pipectl("apply", "-f", "pipelines").exitCode == 0, "a request is acted on once")
  }

  @Test func `without waiting a second apply returns at once`() throws {
    let sandbox = try started()
    let again = try sandbox.pipectl("apply", "-f", "pipelines", "--no-wait")
    #expect(again.exitCode == 0, "\(again)")
    #expect(again.errors.contains("Still running: slow.1"), "\(again)")
    try sandbox.write("", to: "gate")
    #expect(try sandbox.pipectl("wait", "slow", "--for", "succeeded").exitCode == 0)
  }

  @Test func `a saved plan that was applied waits for its run too`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeGatedPipeline(request: "first")
    #expect(try sandbox.pipectl("plan", "-f", "pipelines", "--out", "saved").exitCode == 0)
    #expect(try sandbox.pipectl("apply", "saved", "--no-wait").exitCode == 0)
    let hasty = try sandbox.pipectl("apply", "saved", "--no-wait")
    #expect(hasty.exitCode == 0 && hasty.errors.contains("Already applied"), "\(hasty)")
    let apply = try sandbox.start(["apply", "saved"])
    try eventually("it shows the run") { apply.errors.contains("slow.1: extract") }
    try sandbox.write("", to: "gate")
    let outcome = apply.end()
    #expect(outcome.exitCode == 0, "\(outcome)")
    #expect(outcome.errors.contains("Already applied"), "\(outcome)")
    #expect(outcome.output.contains("slow.1 succeeded"), "\(outcome)")
  }

  @Test func `a continuous run goes on, and an apply does not wait for it`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeCSVPipeline(
      request: "first",
      extra: """
          mode: continuous
          pollInterval: 1s
          streams: [{name: rows, replication: incremental, key: updated_at}]

        """)
    #expect(try sandbox.pipectl("apply", "-f", "pipelines", "--no-wait").exitCode == 0)
    let again = try sandbox.pipectl("apply", "-f", "pipelines")
    #expect(again.exitCode == 0, "\(again)")
    #expect(again.errors.contains("Still running: rows.1"), "\(again)")
    #expect(try sandbox.pipectl("stop", "rows", "--yes").exitCode == 0)
  }
}

extension Sandbox {
  /// The folder as it is when a controller died between ordering the run and starting it.
  fileprivate func forgetBeginning() throws {
    try FileManager.default.removeItem(atPath: path + "/.pipectl/runs")
    var configuration = Configuration()
    configuration.busyMode = .timeout(60)
    try DatabaseQueue(path: path + "/.pipectl/store.sqlite", configuration: configuration).write { database in
      try database.execute(
        sql: """
          UPDATE runs SET document = json_set(document, '$.report.status', json('{"starting":{}}'))
          WHERE pipeline = 'slow' AND number = 1
          """)
    }
  }
}
