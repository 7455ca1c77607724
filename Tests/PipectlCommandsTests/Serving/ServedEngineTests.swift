import Foundation
import Glibc
import Testing

/// A controller that stays, and engines that are elsewhere: new ones come with a commit, and none keeps the others waiting.
struct ServedEngineTests {
  @Test func `a commit adds an engine and a pipeline on it, and what is down later keeps nothing else from going on`()
    throws
  {
    let sandbox = try Sandbox()
    let service = try PlayedStitch(in: sandbox)
    let upstream = try Upstream(sandbox)
    try upstream.commit(try sandbox.markingManifest("orders", extra: "  schedule: {every: 1s}"))
    let daemon = try Daemon(
      sandbox,
      ["--git", "file://" + upstream.bare, "--ref", "main", "--path", "pipelines", "--interval", "1s"],
      environment: PlayedStitch.token)
    try slotsGoOn(sandbox)

    let declared = "schedule: {every: 6h}, paused: false"
    try upstream.commit(
      sandbox.stitchManifest(declared + ", job: {request: first, action: start}", on: service),
      to: "pipelines/shop.yaml")
    try ended(1, daemon)
    let plan = try sandbox.pipectl(
      "plan", "-f", "work/pipelines/shop.yaml", "-o", "json", environment: PlayedStitch.token)
    #expect(plan.output.contains(#""hasChanges" : false"#), "\(plan)")
    #expect(service.calls.filter { $0 == "POST /v4/sources/4711/sync" }.count == 1, "\(service.calls)")
    #expect(service.calls.filter { $0 == "PUT /v4/sources/4711" }.count == 1, "\(service.calls)")
    #expect(service.violations == "")

    service.end()
    try daemon.awaits("engine `stitch-eu` could not be read")
    try slotsGoOn(sandbox)
    let why = try sandbox.pipectl("why", "shop", environment: PlayedStitch.token)
    #expect(why.output.contains("engine `stitch-eu` could not be read"), "\(why)")

    let next = try PlayedStitch(in: sandbox, port: service.port)
    try upstream.commit(
      sandbox.stitchManifest(declared + ", job: {request: second, action: start}", on: next),
      to: "pipelines/shop.yaml")
    try daemon.awaits("engine `stitch-eu` answers again")
    try ended(2, daemon)
    #expect(next.violations == "")
    try slotsGoOn(sandbox)
    #expect(daemon.end().exitCode == 0)
    #expect(!(try daemon.log().contains { $0.message.contains("stitch-token") }))
  }

  @Test func `an engine that never answers keeps no local run waiting`() throws {
    let sandbox = try Sandbox()
    let service = try PlayedStitch(in: sandbox, faults: ["GET /v4/sources=delay:3600000 x1000"])
    try sandbox.writeMarkingPipeline(extra: "  schedule: {every: 1s}")
    try sandbox.writeStitchPipeline(
      "schedule: {every: 6h}, job: {request: first, action: start}", to: "pipelines/shop.yaml", on: service)
    let daemon = try Daemon(sandbox, ["--manifests", "pipelines"], environment: PlayedStitch.token)
    try daemon.awaits("it has not answered in time")
    for _ in 1...3 { try slotsGoOn(sandbox) }
    let looks = service.calls.filter { $0 == "GET /v4/sources" }.count
    #expect(looks == service.calls.count && looks > 0, "\(service.calls)")
    let local = try sandbox.pipectl("start", "orders", "--request", "now")
    #expect(local.exitCode == 0, "\(local)")
    #expect(daemon.end().exitCode == 0)
  }

  @Test func `an engine that never answers keeps no other engine waiting`() throws {
    let sandbox = try Sandbox()
    let silent = try PlayedStitch(in: sandbox, faults: ["GET /v4/sources=delay:3600000 x1000"])
    let hevo = try ContractService("hevo", "--speed", "100", in: sandbox)
    let migrator = try ContractService("migrator", "--speed", "100", in: sandbox)
    try sandbox.writeStitchPipeline(
      "schedule: {every: 6h}, job: {request: first, action: start}", to: "pipelines/stitch.yaml", on: silent)
    try sandbox.write(
      """
      apiVersion: pipectl.dev/v1
      kind: Engine
      metadata: {name: hevo-eu}
      spec: {type: hevo, baseURL: "\(hevo.address)", credentials: {key: {fromEnv: HEVO_KEY}, secret: {fromEnv: HEVO_SECRET}}}
      ---
      apiVersion: pipectl.dev/v1
      kind: Engine
      metadata: {name: mover}
      spec: {type: relational-migrator, baseURL: "\(migrator.address)"}
      ---
      apiVersion: pipectl.dev/v1
      kind: Pipeline
      metadata: {name: billing}
      spec: {engine: hevo-eu, remote: {id: "17"}, job: {request: first, action: start}}
      ---
      apiVersion: pipectl.dev/v1
      kind: Pipeline
      metadata: {name: moving}
      spec:
        engine: mover
        mode: snapshot
        job: {request: first, action: start}
        migration:
          project: shop-1
          source: {type: POSTGRESQL, url: "jdbc:postgresql://db/shop"}
          destination: {connectionString: {fromEnv: ATLAS_URI}}

      """, to: "pipelines/others.yaml")
    let secrets = [
      "HEVO_KEY": "hevo-key", "HEVO_SECRET": "hevo-secret", "ATLAS_URI": "mongodb+srv://cluster.example.com/shop",
    ]
    let daemon = try Daemon(
      sandbox, ["--manifests", "pipelines"], environment: secrets.merging(PlayedStitch.token) { $1 })
    try eventually("the runs of the others have ended") {
      let ended = try daemon.log().filter { $0.message == "run ended: succeeded" }
      return Set(ended.compactMap(\.pipeline)) == ["billing", "moving"]
    }
    #expect(silent.calls.allSatisfy { $0 == "GET /v4/sources" }, "\(silent.calls)")
    #expect(daemon.end().exitCode == 0)
    #expect(hevo.violations + migrator.violations == "")
  }

  private func slotsGoOn(_ sandbox: Sandbox) throws {
    let before = sandbox.marks().count
    try eventually("slots go on") { sandbox.marks().count >= before + 6 }
  }

  private func ended(_ number: Int, _ daemon: Daemon) throws {
    do {
      try eventually("run \(number) of shop has succeeded") {
        try daemon.log().contains { $0.message == "run ended: succeeded" && $0.run == "shop.\(number)" }
      }
    } catch {
      throw SandboxError("\(error)\n\(daemon.program.errors)")
    }
  }
}
