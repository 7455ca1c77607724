import Foundation
import Glibc
import Testing

struct WhyTests {
  private func facts(_ sandbox: Sandbox, _ pipeline: String) throws -> [String: [String: Any]] {
    let answer = try sandbox.pipectl("why", pipeline, "-o", "json")
    #expect(answer.exitCode == 0, "\(answer)")
    let facts = try answer.list("facts").compactMap { $0 as? [String: Any] }
    return Dictionary(facts.map { ($0["type"] as? String ?? "", $0) }, uniquingKeysWith: { first, _ in first })
  }

  @Test func `facts name the lines of the manifest`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeCSVPipeline(request: "first", extra: "  schedule: {every: 1d}\n  paused: {reason: audit}\n")
    #expect(try sandbox.pipectl("apply", "-f", "pipelines").exitCode == 0)
    let facts = try facts(sandbox, "rows")
    let lines = try sandbox.read("pipelines/rows.yaml").split(separator: "\n", omittingEmptySubsequences: false)
    let paused = try #require(lines.firstIndex { $0.contains("paused:") })
    #expect(facts["Paused"]?["place"] as? String == "pipelines/rows.yaml:\(paused + 1)")
    #expect((facts["Paused"]?["message"] as? String)?.contains("audit") ?? false)
    let job = try #require(lines.firstIndex { $0.contains("job:") })
    #expect(facts["LastRun"]?["place"] as? String == "pipelines/rows.yaml:\(job + 1)")
  }

  @Test func `a manifest that was changed and not applied is a reason, and so is a broken one`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeCSVPipeline(request: "first")
    #expect(try sandbox.pipectl("apply", "-f", "pipelines").exitCode == 0)
    #expect(try facts(sandbox, "rows")["NotApplied"] == nil)
    try sandbox.writeCSVPipeline(request: "second")
    let changed = try #require(try facts(sandbox, "rows")["NotApplied"])
    #expect((changed["message"] as? String)?.contains("spec.job.request") ?? false)
    try sandbox.write("kind: [", to: "pipelines/rows.yaml")
    #expect(try facts(sandbox, "rows")["ManifestBroken"] != nil)
  }

  @Test func `a pending request names the run that it waits for`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeTalkingPipeline()
    #expect(try sandbox.pipectl("apply", "-f", "pipelines", "--no-wait").exitCode == 0)
    let waiting = try sandbox.start(["start", "talk", "--if-running", "wait", "--request", "again"])
    try eventually("the request is recorded") { try facts(sandbox, "talk")["RequestPending"] != nil }
    let pending = try #require(try facts(sandbox, "talk")["RequestPending"])
    #expect((pending["message"] as? String)?.contains("behind talk.1") ?? false)
    #expect(try facts(sandbox, "talk")["RunActive"] != nil)
    try sandbox.write("", to: "gate")
    #expect(waiting.end().exitCode == 0)
    #expect(try sandbox.pipectl("why", "talk", "-o", "json").text("requests", 0, "state") == "done")
  }

  @Test func `a pipeline whose manifest is gone is orphaned, and says how to let it go`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeCSVPipeline("a")
    try sandbox.writeCSVPipeline("b")
    #expect(try sandbox.pipectl("apply", "-f", "pipelines").exitCode == 0)
    try sandbox.remove("pipelines/b.yaml")
    #expect(try sandbox.pipectl("apply", "-f", "pipelines").exitCode == 0)
    let orphan = try #require(try facts(sandbox, "b")["Orphaned"])
    #expect((orphan["help"] as? String)?.contains("pipectl delete b") ?? false)
  }
}
