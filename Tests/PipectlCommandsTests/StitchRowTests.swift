import Foundation
import Glibc
import Testing

/// What starting, cancelling and pausing mean, on Stitch: a test for each row that concerns it.
@Suite struct StitchRowTests {
  private let environment = PlayedStitch.token

  /// A pipeline whose job is under way, and stays so until somebody stops it.
  private func running(_ sandbox: Sandbox, _ spec: String = "mode: incremental") throws -> PlayedStitch {
    let service = try PlayedStitch(in: sandbox, jobsEnd: false)
    try sandbox.writeStitchPipeline(spec, on: service)
    try expectGood(try sandbox.pipectl("apply", "-f", "shop.yaml", "--no-wait", environment: environment))
    try expectGood(
      try sandbox.pipectl("start", "shop", "--request", "first", "--no-wait", environment: environment))
    return service
  }

  private func expectGood(_ outcome: Outcome) throws {
    guard outcome.exitCode == 0 else { throw SandboxError("\(outcome)") }
  }

  private func runs(_ sandbox: Sandbox) throws -> [String] {
    let runs = try sandbox.pipectl("get", "runs", "shop", "-o", "json", environment: environment).json()["items"]
    return try #require(runs as? [[String: Any]]).compactMap { run in
      let status = run["status"] as? [String: Any]
      let id = (run["metadata"] as? [String: Any])?["name"] as? String ?? ""
      return id + " " + (status?["outcome"] as? String ?? status?["phase"] as? String ?? "")
    }
  }

  @Test func `only one job of a pipeline at a time: ifRunning says which way`() throws {
    let sandbox = try Sandbox()
    let service = try running(sandbox)
    let second = try sandbox.pipectl("start", "shop", "--request", "second", environment: environment)
    #expect(second.exitCode == 1 && second.errors.contains("shop.1 is running"), "\(second)")
    #expect(service.effects() == ["POST /v4/sources/4711/sync"])
    let replaced = try sandbox.pipectl(
      "start", "shop", "--request", "third", "--if-running", "replace", "--yes", "--no-wait", environment: environment)
    #expect(replaced.exitCode == 0, "\(replaced)")
    let (start, stop) = ("POST /v4/sources/4711/sync", "DELETE /v4/sources/4711/sync")
    #expect(service.effects() == [start, stop, start])
    let runs = try runs(sandbox)
    #expect(runs.count == 2 && runs.last == "shop.1 cancelled", "\(runs)")
  }

  @Test func `only one job of a pipeline at a time: a job of somebody else is one too`() throws {
    let sandbox = try Sandbox()
    let service = try PlayedStitch(in: sandbox, jobsEnd: false)
    try sandbox.writeStitchPipeline("mode: incremental", on: service)
    try expectGood(try sandbox.pipectl("apply", "-f", "shop.yaml", environment: environment))
    try service.click("POST", "/v4/sources/4711/sync", in: sandbox)
    let rejected = try sandbox.pipectl("start", "shop", "--request", "first", environment: environment)
    #expect(rejected.exitCode == 1 && rejected.errors.contains("shop.2 is running"), "\(rejected)")
    let foreign = try sandbox.pipectl("get", "runs", "shop.2", "-o", "json", environment: environment)
    #expect(foreign.output.contains("external"), "\(foreign)")
    let waiting = try sandbox.start(
      ["start", "shop", "--request", "second", "--if-running", "wait", "--no-wait"], environment: environment)
    try eventually("the request is pending") {
      try sandbox.pipectl("why", "shop", "-o", "json", environment: environment).output.contains("RequestPending")
    }
    #expect(service.effects().count == 2, "neither is it cancelled for being foreign, nor is another one asked for")
    try service.click("DELETE", "/v4/sources/4711/sync", in: sandbox)
    let started = waiting.end()
    #expect(started.exitCode == 0, "\(started)")
    #expect(service.effects().last == "POST /v4/sources/4711/sync")
    #expect(try runs(sandbox).contains("shop.2 cancelled"))
    #expect(service.violations == "")
  }

  @Test func `a manual start works whether the pipeline is paused or not, and never changes the paused flag`() throws {
    let sandbox = try Sandbox()
    let service = try PlayedStitch(in: sandbox)
    try sandbox.writeStitchPipeline("paused: true", on: service)
    try expectGood(try sandbox.pipectl("apply", "-f", "shop.yaml", environment: environment))
    try expectGood(try sandbox.pipectl("start", "shop", "--request", "first", "--no-wait", environment: environment))
    try expectGood(try sandbox.pipectl("wait", "shop", "--for", "run-succeeded", environment: environment))
    #expect(service.effects() == ["PUT /v4/sources/4711", "POST /v4/sources/4711/sync"])
    let shop = try sandbox.pipectl("get", "shop", environment: environment)
    #expect(shop.output.contains("paused"), "\(shop)")
  }

  @Test
  func `any job in progress can be stopped, and cancelling ends extraction only: the run is over when loading is`()
    throws
  {
    let sandbox = try Sandbox()
    let service = try running(sandbox)
    let stop = try sandbox.pipectl("stop", "shop", "--yes", environment: environment)
    #expect(stop.exitCode == 0 && stop.output.contains("shop.1 cancelled"), "\(stop)")
    #expect(service.effects().last == "DELETE /v4/sources/4711/sync")
    let run = try sandbox.pipectl("describe", "run", "shop.1", environment: environment)
    #expect(run.output.contains("extract") && run.output.contains("load"), "\(run)")
  }

  @Test func `any job in progress can be stopped: one that Stitch began by itself too, once`() throws {
    let sandbox = try Sandbox()
    let service = try PlayedStitch(in: sandbox, jobsEnd: false)
    try sandbox.writeStitchPipeline("mode: incremental", on: service)
    try expectGood(try sandbox.pipectl("apply", "-f", "shop.yaml", environment: environment))
    try service.click("POST", "/v4/sources/4711/sync", in: sandbox)
    let asked = try sandbox.pipectl("stop", "shop", environment: environment)
    #expect(asked.exitCode == 1 && asked.errors.contains("--yes"), "\(asked)")
    let stopped = try sandbox.pipectl("stop", "shop", "--yes", environment: environment)
    #expect(stopped.exitCode == 0 && stopped.output.contains("shop.1 cancelled"), "\(stopped)")
    #expect(service.effects() == ["POST /v4/sources/4711/sync", "DELETE /v4/sources/4711/sync"])
    #expect(try runs(sandbox) == ["shop.1 cancelled"])
    let idle = try sandbox.pipectl("stop", "shop", "--yes", environment: environment)
    #expect(
      idle.exitCode == 1 && idle.errors.contains("nothing was running there, or its end does not show"), "\(idle)")
    #expect(service.effects().count == 3 && service.violations == "")
  }

  @Test func `any job in progress can be stopped: one that Stitch began by itself is met by a start`() throws {
    let sandbox = try Sandbox()
    let service = try PlayedStitch(in: sandbox, jobsEnd: false)
    try sandbox.writeStitchPipeline("mode: incremental", on: service)
    try expectGood(try sandbox.pipectl("apply", "-f", "shop.yaml", environment: environment))
    try service.click("POST", "/v4/sources/4711/sync", in: sandbox)
    let replaced = try sandbox.pipectl(
      "start", "shop", "--request", "first", "--if-running", "replace", "--yes", "--no-wait", environment: environment)
    #expect(replaced.exitCode == 0, "\(replaced)")
    let (start, stop) = ("POST /v4/sources/4711/sync", "DELETE /v4/sources/4711/sync")
    #expect(service.effects() == [start, start, stop, start])
    let runs = try runs(sandbox)
    #expect(runs.contains("shop.2 cancelled"), "\(runs)")
    #expect(service.violations == "")
  }

  @Test func `what was loaded before the cancel counts: it stays, and Stitch tells no numbers`() throws {
    let sandbox = try Sandbox()
    let service = try running(sandbox)
    let stop = try sandbox.pipectl("stop", "shop", "--yes", environment: environment)
    let words = "What was extracted by then is loaded and stays; engine `stitch-eu` does not tell how much that is."
    #expect(stop.exitCode == 0 && "\(stop)".contains(words), "\(stop)")
    #expect(service.violations == "")
  }

  @Test func `people are asked to confirm a cancel`() throws {
    let sandbox = try Sandbox()
    let service = try running(sandbox)
    let stop = try sandbox.pipectl("stop", "shop", environment: environment)
    #expect(stop.exitCode == 1 && stop.errors.contains("--yes"), "\(stop)")
    #expect(service.effects() == ["POST /v4/sources/4711/sync"])
  }

  @Test func `on-demand actions exist only where the object supports them`() throws {
    let sandbox = try Sandbox()
    let service = try PlayedStitch(in: sandbox)
    let manifest = sandbox.stitchManifest("job: {request: first, action: start}", on: service)
    try sandbox.write(
      manifest.replacing(#"{id: "4711"}"#, with: #"{id: "4711", capabilities: {start: false}}"#), to: "shop.yaml")
    let outcome = try sandbox.pipectl("plan", "-f", "shop.yaml", environment: environment)
    #expect(outcome.exitCode == 1 && outcome.errors.contains("PC0431"), "\(outcome)")
    #expect(service.calls == [])
  }

  @Test func `on-demand actions exist only where the object supports them: what Stitch shows is refused in the plan`()
    throws
  {
    let sandbox = try Sandbox()
    let service = try PlayedStitch(in: sandbox, mixed: 5)
    let manifest = sandbox.stitchManifest("job: {request: first, action: start}", on: service)
    try sandbox.write(manifest.replacing(#""4711""#, with: #""5029""#), to: "shop.yaml")
    let plan = try sandbox.pipectl("plan", "-f", "shop.yaml", environment: environment)
    #expect(plan.output.contains("refused: its data is pushed to it (`import_api`)"), "\(plan)")
    let line = 1 + (manifest.components(separatedBy: "\n").firstIndex { $0.contains("job:") } ?? 0)
    #expect(plan.exitCode == 1 && plan.errors.contains("error[PC0431]"), "the same code as where it is stated: \(plan)")
    #expect(plan.errors.contains("shop.yaml:\(line):") && plan.errors.contains("^^^^^"), "\(plan)")
    let listed = try sandbox.pipectl("plan", "-f", "shop.yaml", "--format", "json", environment: environment)
    #expect(listed.output.contains("PC0431"), "\(listed)")
    let apply = try sandbox.pipectl("apply", "-f", "shop.yaml", environment: environment)
    #expect(apply.exitCode == 1 && apply.errors.contains("error[PC0431]"), "\(apply)")
    #expect(service.effects() == [])
  }

  @Test func `what is promised of Stitch is said before it is relied upon, and what is believed is called so`() throws {
    let sandbox = try Sandbox()
    let believed = "it is believed and not seen"
    let explained = try sandbox.pipectl("explain", "engine", "stitch", environment: environment)
    #expect(
      explained.output.contains(believed) && explained.output.contains("ends whatever runs there"), "\(explained)")
    let service = try running(sandbox)
    try sandbox.writeStitchPipeline("job: {request: second, action: start, ifRunning: replace}", on: service)
    let plan = try sandbox.pipectl("plan", "-f", "shop.yaml", environment: environment)
    #expect(plan.output.contains("ends whatever runs there"), "\(plan)")
    let shown = try sandbox.pipectl("describe", "shop", environment: environment)
    #expect(shown.output.contains("that it does is believed from the answer to its start"), "\(shown)")
  }

  @Test func `a stopped run cannot be resumed; a new one can be started`() throws {
    let sandbox = try Sandbox()
    let service = try running(sandbox)
    try expectGood(try sandbox.pipectl("stop", "shop", "--yes", environment: environment))
    try expectGood(
      try sandbox.pipectl("start", "shop", "--request", "again", "--no-wait", environment: environment))
    let runs = try runs(sandbox)
    #expect(runs.count == 2 && runs.last == "shop.1 cancelled", "\(runs)")
    let (start, stop) = ("POST /v4/sources/4711/sync", "DELETE /v4/sources/4711/sync")
    #expect(service.effects() == [start, stop, start])
  }

  @Test func `a wrong trigger is cancelled with its reason`() throws {
    let sandbox = try Sandbox()
    let service = try running(sandbox)
    try sandbox.writeStitchPipeline(
      "job: {request: enough, action: cancel, reason: wrong month}", on: service)
    let apply = try sandbox.pipectl("apply", "-f", "shop.yaml", "--yes", environment: environment)
    #expect(apply.exitCode == 0, "\(apply)")
    let history = try sandbox.pipectl("describe", "shop", environment: environment)
    #expect(history.output.contains("wrong month"), "\(history)")
    #expect(try runs(sandbox) == ["shop.1 cancelled"])
  }

  @Test func `a thousand pipelines and one change are the calls that the change needs`() throws {
    let sandbox = try Sandbox()
    let service = try PlayedStitch(in: sandbox, sources: 1000)
    func write(changed: Int?) throws {
      let engine = sandbox.stitchManifest("mode: incremental", on: service).components(separatedBy: "---\n")[0]
      let pipelines = (1...1000).map { id in
        """
        apiVersion: pipectl.dev/v1
        kind: Pipeline
        metadata: {name: source-\(id)}
        spec: {engine: stitch-eu, remote: {id: "\(id)"}, schedule: {every: \(id == changed ? "6h" : "1h")}}

        """
      }
      try sandbox.write(([engine] + pipelines).joined(separator: "---\n"), to: "all.yaml")
    }
    try write(changed: nil)
    try expectGood(try sandbox.pipectl("apply", "-f", "all.yaml", environment: environment))
    #expect(service.effects() == [])
    let sweep = "GET /v4/90001/extractions"
    #expect(Set(service.calls).subtracting([sweep]) == ["GET /v4/sources"], "one call tells of all of them")
    let before = service.calls.count
    try write(changed: 17)
    try expectGood(try sandbox.pipectl("apply", "-f", "all.yaml", environment: environment))
    #expect(service.effects() == ["PUT /v4/sources/17"])
    let looks = service.calls.dropFirst(before).filter { $0.hasPrefix("GET") && $0 != sweep }
    #expect(looks.filter { $0 != "GET /v4/sources" } == ["GET /v4/sources/17"])
    #expect(looks.count <= 4, "\(looks)")
    #expect(service.violations == "")
  }
}
