import Foundation
import Testing

/// What becomes of files, names and records when an account is imported; that of Stitch stands for all.
@Suite struct ImportCommandTests {
  private static let token = ["STITCH_TOKEN": "stitch-token"]

  private func writeEngine(_ service: PlayedService, in sandbox: Sandbox) throws {
    try sandbox.write(
      """
      apiVersion: pipectl.dev/v1
      kind: Engine
      metadata: {name: stitch-eu}
      spec: {type: stitch, baseURL: "\(service.address)", credentials: {token: {fromEnv: STITCH_TOKEN}}}
      """, to: "repo/engines.yaml")
  }

  private func run(_ arguments: String..., in sandbox: Sandbox) throws -> Outcome {
    try sandbox.start(arguments, environment: Self.token).end()
  }

  @Test func `a manifest that somebody changed is kept, and replaced only where that is asked for`() throws {
    let sandbox = try Sandbox()
    let service = try PlayedService(["stitch"], in: sandbox)
    try writeEngine(service, in: sandbox)
    let arguments = ["import", "stitch-eu", "-f", "repo", "--all", "--out", "repo/stitch"]
    let dry = try sandbox.start(arguments + ["--dry-run"], environment: Self.token).end()
    #expect(dry.errors.contains("3 to be written"), "\(dry)")
    #expect(!sandbox.exists("repo/stitch"))
    #expect(!sandbox.exists(".pipectl"))
    #expect(try sandbox.start(arguments, environment: Self.token).end().exitCode == 0)
    let original = try sandbox.read("repo/stitch/shop.yaml")
    #expect(
      original == """
        # Shop (platform.shopify)
        apiVersion: pipectl.dev/v1
        kind: Pipeline
        metadata:
          name: shop
        spec:
          engine: stitch-eu
          remote:
            id: "4711"
          schedule:
            every: "1h"
          paused: false

        """)
    let edited = original.replacingOccurrences(of: "1h", with: "6h")
    try sandbox.write(edited, to: "repo/stitch/shop.yaml")
    let kept = try sandbox.start(arguments, environment: Self.token).end()
    #expect(kept.exitCode == 0, "\(kept)")
    #expect(kept.errors.contains("2 unchanged, 1 kept"), "\(kept)")
    #expect(kept.output.contains("it says otherwise: spec.schedule.every"), "\(kept)")
    #expect(try sandbox.read("repo/stitch/shop.yaml") == edited)
    let replaced = try sandbox.start(arguments + ["--overwrite"], environment: Self.token).end()
    #expect(replaced.errors.contains("1 overwritten, 2 unchanged"), "\(replaced)")
    #expect(try sandbox.read("repo/stitch/shop.yaml") == original)
    // Under another name, in a file of its own choosing, it stands for the source all the same.
    try sandbox.remove("repo/stitch/shop.yaml")
    try sandbox.write(original.replacingOccurrences(of: "name: shop", with: "name: store"), to: "repo/mine.yaml")
    let renamed = try sandbox.start(arguments, environment: Self.token).end()
    #expect(renamed.errors.contains("3 unchanged"), "\(renamed)")
    #expect(!sandbox.exists("repo/stitch/shop.yaml"))
    #expect(service.violations == "")
  }

  @Test func `an engine that is recorded needs no manifest, and gets one`() throws {
    let sandbox = try Sandbox()
    let service = try PlayedService(["stitch"], in: sandbox)
    try writeEngine(service, in: sandbox)
    let one = try run(
      "import", "stitch-eu", "-f", "repo", "--id", "4711", "--out", "repo", "-o", "json", in: sandbox)
    #expect(one.exitCode == 0, "\(one)")
    #expect(try one.text("kind") == "Import")
    #expect(try one.text("items", 0, "outcome") == "Written", "\(one)")
    #expect(try one.number("recorded") == 1)
    let rest = try run("import", "stitch-eu", "--all", "--out", "rest", in: sandbox)
    #expect(rest.exitCode == 0, "\(rest)")
    #expect(rest.errors.contains("2 written, 1 owned elsewhere"), "\(rest)")
    #expect(sandbox.exists("rest/engine-stitch-eu.yaml"))
    let plan = try run("plan", "-f", "rest", "--detailed-exitcode", in: sandbox)
    #expect(plan.exitCode == 0, "\(plan)")
    #expect(plan.output.hasPrefix("Nothing to do."), "\(plan)")
  }

  @Test func `an import looks at an engine twice, and with --no-record once`() throws {
    let sandbox = try Sandbox()
    let service = try PlayedStitch(in: sandbox)
    try sandbox.write(
      sandbox.stitchManifest("", on: service).components(separatedBy: "---\n")[0], to: "repo/engines.yaml")
    let arguments = ["import", "stitch-eu", "-f", "repo", "--all", "--out"]
    let unrecorded = try sandbox.start(arguments + ["repo/stitch", "--no-record"], environment: Self.token).end()
    #expect(unrecorded.exitCode == 0 && !sandbox.exists(".pipectl"), "\(unrecorded)")
    #expect(service.calls == ["GET /v4/sources"])
    let first = try run("plan", "-f", "repo", in: sandbox)
    #expect(first.output.contains("Plan: 3 to create\n"), "nothing is to be changed there: \(first)")
    let before = service.calls.count
    let recorded = try sandbox.start(arguments + ["repo/stitch"], environment: Self.token).end()
    #expect(recorded.exitCode == 0 && recorded.errors.contains("3 unchanged"), "\(recorded)")
    #expect(service.calls.dropFirst(before) == ["GET /v4/sources", "GET /v4/sources"])
    #expect(try run("plan", "-f", "repo", in: sandbox).output.hasPrefix("Nothing to do."))
    #expect(service.violations == "")
  }

  @Test func `which streams are selected is imported where that is asked for, and the plan is empty`() throws {
    let sandbox = try Sandbox()
    let service = try PlayedStitch(in: sandbox, mixed: 40)
    try sandbox.write(
      sandbox.stitchManifest("", on: service).components(separatedBy: "---\n")[0], to: "repo/engines.yaml")
    func take(_ more: String...) throws -> Outcome {
      try sandbox.start(
        ["import", "stitch-eu", "-f", "repo", "--all", "--streams", "--out", "repo/stitch"] + more,
        environment: Self.token
      ).end()
    }
    let taken = try take()
    #expect(taken.exitCode == 0, "\(taken)")
    #expect(service.calls.contains("GET /v4/sources/5001/streams"))
    #expect(try run("plan", "-f", "repo", in: sandbox).output.hasPrefix("Nothing to do."))
    #expect(service.effects() == [])
    let names = try FileManager.default.contentsOfDirectory(atPath: sandbox.path + "/repo/stitch")
    let texts = try names.map { try sandbox.read("repo/stitch/" + $0) }
    #expect(texts.contains { $0.contains("streams:\n      - name: ") }, "\(texts.first ?? "")")
    #expect(try take().errors.contains("\(names.count) unchanged"))
    #expect(service.violations == "")
  }

  @Test func `an import beside a controller that stays is recorded, and the controller goes on`() throws {
    let sandbox = try Sandbox()
    let service = try PlayedStitch(in: sandbox)
    try sandbox.writeMarkingPipeline(extra: "  schedule: {every: 1s}")
    let daemon = try Daemon(sandbox, ["--manifests", "pipelines"], environment: Self.token)
    try eventually("a slot has run") { !sandbox.marks().isEmpty }
    try sandbox.write(
      sandbox.stitchManifest("", on: service).components(separatedBy: "---\n")[0], to: "repo/engines.yaml")
    let imported = try run("import", "stitch-eu", "-f", "repo", "--all", "--out", "repo/stitch", in: sandbox)
    #expect(imported.exitCode == 0, "\(imported)")
    let plan = try run("plan", "-f", "repo", in: sandbox)
    #expect(plan.output.hasPrefix("Nothing to do."), "\(plan)")
    let marks = sandbox.marks().count
    try eventually("slots go on") { sandbox.marks().count > marks }
    #expect(daemon.end().exitCode == 0)
    #expect(service.effects() == [] && service.violations == "")
  }

  @Test func `what cannot be imported is refused, and nothing is written`() throws {
    let sandbox = try Sandbox()
    let service = try PlayedService(["stitch", "--sources", "20"], in: sandbox)
    try writeEngine(service, in: sandbox)
    func refused(_ arguments: String..., environment: [String: String] = Self.token, because words: String) throws {
      let outcome = try sandbox.start(
        ["import"] + arguments + ["--out", "repo/stitch"], environment: environment
      ).end()
      #expect(outcome.exitCode == 1, "\(outcome)")
      #expect(outcome.errors.contains(words), "\(outcome)")
      #expect(!sandbox.exists("repo/stitch"))
    }
    try refused("stitch-us", "-f", "repo", "--all", because: "did you mean `stitch-eu`?")
    try refused("stitch-eu", "--all", because: "give the manifest of the Engine with -f")
    try refused("local", "--all", because: "holds nothing to import")
    try refused("stitch-eu", "-f", "repo", "--id", "9", because: "holds nothing with the id `9`")
    try refused("stitch-eu", "-f", "repo", "--id", "5022", because: "it was deleted in Stitch")
    try refused("stitch-eu", "-f", "repo", "--all", environment: [:], because: "`STITCH_TOKEN`")
    try refused(
      "stitch-eu", "-f", "repo", "--all", environment: ["STITCH_TOKEN": "wrong"],
      because: "credentials are not accepted")
    #expect(try run("import", "stitch-eu", "--out", "x", in: sandbox).exitCode == 64)
    #expect(service.violations == "")
  }
}
