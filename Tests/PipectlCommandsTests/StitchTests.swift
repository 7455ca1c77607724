import Foundation
import Testing

/// A pipeline on Stitch, from the command line: against a program that plays the service.
@Suite struct StitchTests {
  @Test func `apply writes the schedule and the pause, starts the job, and has nothing left to do`() throws {
    let sandbox = try Sandbox()
    let service = try PlayedStitch(in: sandbox)
    try sandbox.writeStitchPipeline(
      "schedule: {every: 6h}, paused: true, job: {request: first, action: start}", on: service)
    let plan = try sandbox.pipectl("plan", "-f", "shop.yaml", environment: PlayedStitch.token)
    #expect(plan.output.contains("1 to create, 1 to write-settings, 1 to start"), "\(plan)")
    let apply = try sandbox.pipectl("apply", "-f", "shop.yaml", environment: PlayedStitch.token)
    #expect(apply.exitCode == 0, "\(apply)")
    #expect(apply.errors.contains("shop.1: succeeded"), "\(apply)")
    let again = try sandbox.pipectl("plan", "-f", "shop.yaml", "--detailed-exitcode", environment: PlayedStitch.token)
    #expect(again.exitCode == 0, "\(again)")
    #expect(again.output.contains("Nothing to do"), "\(again)")
    try sandbox.writeStitchPipeline("schedule: {every: 1h}, job: {request: first, action: start}", on: service)
    let changed = try sandbox.pipectl("plan", "-f", "shop.yaml", "-v", environment: PlayedStitch.token)
    #expect(changed.output.contains("every 6h -> every 1h") || changed.output.contains("every 6h"), "\(changed)")
    #expect(service.violations == "", "what the documents of Stitch do not allow was asked for")
    let files = FileManager.default.enumerator(atPath: sandbox.path)?.allObjects as? [String] ?? []
    let leaks = files.filter { file in
      FileManager.default.contents(atPath: sandbox.path + "/" + file)?.range(of: Data("stitch-token".utf8)) != nil
    }
    #expect(leaks == [])
  }

  @Test func `credentials that are missing or wrong change nothing, and are named`() throws {
    let sandbox = try Sandbox()
    let service = try PlayedStitch(in: sandbox)
    try sandbox.writeStitchPipeline("job: {request: first, action: start}", on: service)
    let missing = try sandbox.pipectl("apply", "-f", "shop.yaml")
    #expect(missing.exitCode == 1, "\(missing)")
    #expect(missing.errors.contains("`STITCH_TOKEN`"), "\(missing)")
    let wrong = try sandbox.pipectl("apply", "-f", "shop.yaml", environment: ["STITCH_TOKEN": "CANARY"])
    #expect(wrong.exitCode == 1, "\(wrong)")
    #expect(wrong.errors.contains("credentials are not accepted"), "\(wrong)")
    #expect(!wrong.description.contains("CANARY"))
    let right = try sandbox.pipectl("apply", "-f", "shop.yaml", "--no-wait", environment: PlayedStitch.token)
    #expect(right.exitCode == 0, "\(right)")
  }

  @Test func `a plan of an engine that cannot be read does not say that there is nothing to do`() throws {
    let sandbox = try Sandbox()
    let service = try PlayedStitch(in: sandbox)
    try sandbox.writeStitchPipeline("schedule: {every: 6h}", on: service)
    #expect(try sandbox.pipectl("apply", "-f", "shop.yaml", environment: PlayedStitch.token).exitCode == 0)
    for arguments in [["plan", "-f", "shop.yaml", "--detailed-exitcode"], ["apply", "-f", "shop.yaml", "--dry-run"]] {
      let outcome = try sandbox.start(arguments, environment: ["STITCH_TOKEN": "CANARY"]).end()
      #expect(outcome.exitCode == 1, "\(outcome)")
      #expect(outcome.output.hasPrefix("Nothing is done."), "\(outcome)")
      #expect(outcome.errors.contains("engine `stitch-eu` could not be read, so it is not known"), "\(outcome)")
    }
    let data = try sandbox.pipectl("plan", "-f", "shop.yaml", "-o", "json", environment: ["STITCH_TOKEN": "CANARY"])
    #expect(data.exitCode == 1 && data.output.contains("could not be read"), "\(data)")
    let right = try sandbox.pipectl("plan", "-f", "shop.yaml", "--detailed-exitcode", environment: PlayedStitch.token)
    #expect(right.exitCode == 0, "\(right)")
  }

  @Test func `what is asked for while Stitch cannot be reached says that it is done later, and what takes it back`()
    throws
  {
    let sandbox = try Sandbox()
    let service = try PlayedStitch(in: sandbox)
    try sandbox.writeStitchPipeline("mode: incremental", on: service)
    #expect(try sandbox.pipectl("apply", "-f", "shop.yaml", environment: PlayedStitch.token).exitCode == 0)
    service.end()
    func told(_ arguments: String...) throws -> String {
      let outcome = try sandbox.start(arguments, environment: PlayedStitch.token).end()
      #expect(outcome.exitCode == 1 && outcome.errors.contains("engine `stitch-eu` could not be read"), "\(outcome)")
      return outcome.errors
    }
    let start = try told("start", "shop", "--request", "mine", "--no-wait")
    #expect(start.contains("request `mine` of shop is recorded and stays pending"), "\(start)")
    #expect(start.contains("`pipectl stop shop` takes its place"), "\(start)")
    let pause = try told("pause", "shop")
    #expect(pause.contains("the pause of shop is recorded") && pause.contains("--remove` withdraws it"), "\(pause)")
    let removed = try told("pause", "shop", "--remove")
    #expect(removed.contains("no pause or resume by command is recorded for shop any more"), "\(removed)")
  }

  @Test func `what somebody changes in Stitch is shown with the time at which it was first seen`() throws {
    let sandbox = try Sandbox()
    let service = try PlayedStitch(in: sandbox)
    try sandbox.writeStitchPipeline("schedule: {every: 6h}", on: service)
    let applied = try sandbox.pipectl("apply", "-f", "shop.yaml", environment: PlayedStitch.token)
    #expect(applied.exitCode == 0, "\(applied)")
    try service.click("PUT", "/v4/sources/4711", #"{"paused_at": "2026-01-01T00:00:00Z"}"#, in: sandbox)
    try service.click("PUT", "/v4/sources/4711", #"{"properties": {"frequency_in_minutes": "30"}}"#, in: sandbox)
    let plan = try sandbox.pipectl("plan", "-f", "shop.yaml", environment: PlayedStitch.token)
    let unrecorded = "seen just now, and not recorded before"
    #expect(plan.output.contains("somebody changed `schedule`, `paused` there, \(unrecorded)"), "\(plan)")
    #expect(plan.output.contains("from false to true, \(unrecorded)"), "\(plan)")
    for command in [["get", "shop", "-o", "json"], ["describe", "shop"], ["why", "shop"]] {
      let outcome = try sandbox.start(command, environment: PlayedStitch.token).end()
      #expect(outcome.output.contains("Drifted") || command[0] == "why", "\(outcome)")
      #expect(
        outcome.output.contains("somebody changed `schedule` at the engine from every 6h to every 30m, \(unrecorded)"),
        "\(outcome)")
      #expect(outcome.output.contains("no manifest declares it, so it stays"), "\(outcome)")
      #expect(outcome.output.contains(unrecorded) && !outcome.output.contains("first seen"), "\(outcome)")
    }
    let mended = try sandbox.pipectl("apply", "-f", "shop.yaml", environment: PlayedStitch.token)
    #expect(mended.exitCode == 0, "\(mended)")
    let after = try sandbox.pipectl("why", "shop", environment: PlayedStitch.token)
    #expect(!after.output.contains("`schedule`") && after.output.contains("`paused`"), "\(after)")
    #expect(!after.output.contains(unrecorded), "the command that acted has recorded it: \(after)")
    let told = try sandbox.pipectl("plan", "-f", "shop.yaml", environment: PlayedStitch.token)
    #expect(told.output.contains("from false to true, first seen 20"), "\(told)")
    #expect(service.violations == "")
  }

  @Test func `wait follows a run that is elsewhere where no controller does`() throws {
    let sandbox = try Sandbox()
    let service = try PlayedStitch(in: sandbox)
    try sandbox.writeStitchPipeline("job: {request: first, action: start}", on: service)
    let started = try sandbox.pipectl("apply", "-f", "shop.yaml", "--no-wait", environment: PlayedStitch.token)
    #expect(started.exitCode == 0, "\(started)")
    let wait = try sandbox.pipectl("wait", "shop", "--for", "run-succeeded", environment: PlayedStitch.token)
    #expect(wait.exitCode == 0, "\(wait)")
    #expect(wait.description.contains("shop.1 has ended: succeeded"), "\(wait)")
  }

  @Test func `--trace-http shows every call and answer, and no secret`() throws {
    let sandbox = try Sandbox()
    let service = try PlayedStitch(in: sandbox)
    try sandbox.writeStitchPipeline("schedule: {every: 6h}", on: service)
    let token = ["STITCH_TOKEN": "stitch-token"]
    let apply = try sandbox.pipectl("--trace-http", "apply", "-f", "shop.yaml", environment: token)
    #expect(apply.exitCode == 0, "\(apply)")
    #expect(apply.errors.contains("stitch-eu > GET \(service.address)/v4/sources\n"), "\(apply)")
    #expect(apply.errors.contains(#"stitch-eu > {"properties":{"frequency_in_minutes":"360"}}"#))
    #expect(apply.errors.contains("stitch-eu < 200, application/json"), "\(apply)")
    for command in [["get", "--trace-http"], ["why", "shop", "--trace-http"]] {
      let outcome = try sandbox.start(command, environment: token).end()
      #expect(outcome.errors.contains("stitch-eu > GET "), "\(outcome)")
      #expect(!outcome.description.contains("stitch-token"))
    }
    #expect(!apply.description.contains("stitch-token"))
  }

  @Test func `streams and fields that a manifest declares are selected, and compared from then on`() throws {
    let sandbox = try Sandbox()
    let service = try PlayedStitch(in: sandbox)
    func write(_ streams: String) throws {
      let text = sandbox.stitchManifest("mode: incremental", on: service)
      try sandbox.write(
        text.replacing(#"{id: "4711"}"#, with: #"{id: "4711", streams: \#(streams)}"#), to: "shop.yaml")
    }
    try write(#"[{name: orders, fields: ["!note"]}]"#)
    let plan = try sandbox.pipectl("plan", "-f", "shop.yaml", environment: PlayedStitch.token)
    #expect(plan.output.contains("remote.streams"), "\(plan)")
    let apply = try sandbox.pipectl("apply", "-f", "shop.yaml", environment: PlayedStitch.token)
    #expect(apply.exitCode == 0, "\(apply)")
    let again = try sandbox.pipectl(
      "plan", "-f", "shop.yaml", "--detailed-exitcode", environment: PlayedStitch.token)
    #expect(again.exitCode == 0, "\(again)")
    try write("[{name: odrers}]")
    let refused = try sandbox.pipectl("apply", "-f", "shop.yaml", environment: PlayedStitch.token)
    #expect(refused.exitCode == 1 && refused.description.contains("has no stream `odrers`"), "\(refused)")
    #expect(service.violations == "")
  }
}
