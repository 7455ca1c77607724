import Foundation
import Glibc
import Testing

/// Commits start and cancel jobs; going back repeats nothing; what cannot be read or trusted changes nothing.
struct GitOpsTests {
  @Test func `a commit starts a job, a commit cancels it, a revert repeats nothing`() throws {
    let sandbox = try Sandbox()
    let upstream = try Upstream(sandbox)
    let server = try GitServer(sandbox)
    try follow(upstream, at: server.url, ["--interval", "1s"], sandbox) { _ in }
    server.stop()
  }

  @Test func `SIGHUP asks a repository of this machine at once`() throws {
    let sandbox = try Sandbox()
    let upstream = try Upstream(sandbox)
    try follow(upstream, at: "file://" + upstream.bare, ["--interval", "1h"], sandbox) { $0.program.send(SIGHUP) }
  }

  private func follow(
    _ upstream: Upstream, at url: String, _ options: [String], _ sandbox: Sandbox, pushed: (Daemon) -> Void
  ) throws {
    let first = try upstream.commit(try manifest(sandbox))
    let daemon = try Daemon(sandbox, ["--git", url, "--ref", "main", "--path", "pipelines"] + options)
    try settled(first, daemon)
    #expect(sandbox.marks().isEmpty)
    let copy = sandbox.path + "/.pipectl/source/HEAD"
    #expect(FileManager.default.fileExists(atPath: copy), "every state folder has a private copy of its own")

    let start = try upstream.commit(try manifest(sandbox, job: "{request: backfill-1, action: start}"))
    pushed(daemon)
    try settled(start, daemon)
    try eventually("the commit's run is under way") { sandbox.marks().map { $0[1] } == ["orders.1"] }

    let why = try sandbox.pipectl("why", "orders")
    #expect(why.output.contains("orders.1 is active") && why.output.contains("(pipelines/orders.yaml:"), "\(why)")

    let cancel = try upstream.commit(
      try manifest(sandbox, job: "{request: enough-1, action: cancel, reason: wrong month}"))
    pushed(daemon)
    try settled(cancel, daemon)
    try daemon.awaits("run ended: cancelled")

    let back = try upstream.revert()
    pushed(daemon)
    try settled(back, daemon)
    #expect(sandbox.marks().map { $0[1] } == ["orders.1"], "a request that was acted on is never acted on again")

    let mistaken = try upstream.commit("kind: Pipelin\n")
    pushed(daemon)
    try eventually("the mistake is told") {
      try daemon.log().contains {
        $0.commit == mistaken && $0.message.hasPrefix("rejected: pipelines/orders.yaml:1:1: PC0202")
      }
    }
    #expect(try daemon.page("/v1/state").contains(#""reason":"Rejected""#))

    let again = try upstream.commit(try manifest(sandbox, job: "{request: backfill-2, action: start}"))
    pushed(daemon)
    try settled(again, daemon)
    try eventually("a new request starts a run") { sandbox.marks().map { $0[1] } == ["orders.1", "orders.2"] }
    try sandbox.write("", to: "gate")
    try daemon.awaits("run ended: succeeded")
    #expect(daemon.end().exitCode == 0)
    #expect(try sandbox.count("runs") == 2)
    #expect(try sandbox.count("requests") == 3)
    let requests = try sandbox.pipectl("describe", "orders")
    #expect(requests.output.contains("backfill-1") && requests.output.contains("enough-1"), "\(requests)")
  }

  @Test func `a remote that is away and a history that was rewritten change nothing`() throws {
    let sandbox = try Sandbox()
    let upstream = try Upstream(sandbox)
    let url = "file://" + upstream.bare
    let slots = "  schedule: {every: 1s}"
    let first = try upstream.commit(try manifest(sandbox))
    let second = try upstream.commit(try sandbox.markingManifest("orders", extra: slots))
    let arguments = ["--git", url, "--ref", "main", "--path", "pipelines", "--interval", "1s"]
    let daemon = try Daemon(sandbox, arguments)
    try settled(second, daemon)

    try FileManager.default.moveItem(atPath: upstream.bare, toPath: upstream.bare + ".away")
    try daemon.awaits("the manifests are not followed (Unreadable): ")
    try slotsGoOn(sandbox)
    try FileManager.default.moveItem(atPath: upstream.bare + ".away", toPath: upstream.bare)
    try daemon.awaits("the manifests are followed again, after Unreadable")

    let rewritten = try upstream.rewrite(try sandbox.markingManifest("orders", word: "rewritten", extra: slots))
    try daemon.awaits("the history was rewritten: \(rewritten) does not come after \(second)")
    #expect(try daemon.page("/readyz?verbose").contains("--accept-rewrite \(rewritten)"))
    let why = try sandbox.pipectl("why", "orders")
    #expect(why.output.contains("its manifests are not followed (HistoryRewritten)"), "\(why)")
    try slotsGoOn(sandbox)
    #expect(!sandbox.marks().contains { $0[0] == "rewritten" })
    #expect(daemon.end().exitCode == 0)

    let other = try Daemon(sandbox, arguments + ["--accept-rewrite", first])
    try other.awaits("the history was rewritten: \(rewritten) does not come after \(second)")
    #expect(other.end().exitCode == 0)

    let accepting = try Daemon(sandbox, arguments + ["--accept-rewrite", rewritten])
    try settled(rewritten, accepting)
    try eventually("slots run what was accepted") { sandbox.marks().contains { $0[0] == "rewritten" } }
    #expect(accepting.end().exitCode == 0)
  }

  private func slotsGoOn(_ sandbox: Sandbox) throws {
    let before = sandbox.marks().count
    try eventually("slots go on") { sandbox.marks().count >= before + 4 }
  }

  private func manifest(_ sandbox: Sandbox, job: String? = nil) throws -> String {
    try sandbox.markingManifest("orders", isGated: true, extra: job.map { "  job: \($0)" } ?? "")
  }

  /// Waits until a commit has its result.
  private func settled(_ commit: String, _ daemon: Daemon) throws {
    do {
      try eventually("commit \(commit) has its result") {
        try daemon.log().contains {
          $0.commit == commit && ($0.message.hasPrefix("applied: ") || $0.message == "nothing to do")
        }
      }
    } catch {
      throw SandboxError("\(error)\n\(daemon.program.errors)")
    }
  }
}
