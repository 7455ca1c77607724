import Diagnostics
import ManifestSyntax
import PipelineModel
import Testing

@testable import ManifestCompiler

struct CompileTests {
  private let whole = """
    apiVersion: pipectl.dev/v1
    kind: Pipeline
    metadata:
      name: orders
      labels: {team: growth}
      protected: true
    spec:
      engine: local
      mode: incremental
      source: shop-db
      destination: warehouse
      streams:
        - {name: public-orders, replication: incremental, key: updated_at}
        - {name: public-customers}
      schedule:
        cron: "0 6 * * *"
        timeZone: Europe/Berlin
        missed: run-once
        startDeadline: 2h
        overlap: queue
      paused: false
      job:
        request: backfill-2026-11
        action: start
        mode: historical
        ifRunning: wait
        reason: new column backfilled
      limits: {runTimeout: 2h, noProgress: 15m, cancelGrace: 30s, drainTimeout: 5m}
      retry: {attempts: 3, backoff: 10s}
    ---
    apiVersion: pipectl.dev/v1
    kind: Source
    metadata: {name: shop-db}
    spec:
      connector: {type: singer, executable: tap-postgres, env: {PGSSLMODE: require}, catalogArgument: properties}
      config: {port: 5432, host: db.internal, password: {fromEnv: SHOP_DB_PASSWORD}}
    ---
    apiVersion: pipectl.dev/v1
    kind: Destination
    metadata: {name: warehouse}
    spec:
      connector: {type: builtin, name: sqlite}
      config: {path: out.db}
    """

  @Test func `a whole pipeline compiles to the model that it describes`() throws {
    let compilation = compile(whole)
    #expect(compilation.diagnostics == [])
    let pipeline = try #require(compilation.pipelines.first)
    #expect(pipeline.name == PipelineName("orders"))
    #expect(pipeline.labels == [.init("team", "growth")])
    #expect(pipeline.isProtected)
    #expect(pipeline.sourceSet == .path("test.yaml"))
    let spec = pipeline.spec
    guard case .replication(let work) = spec.work, case .slots(let schedule) = spec.schedule else {
      Issue.record("no replication, or no slots")
      return
    }
    #expect(
      work.source
        == Connection(
          name: "shop-db", connector: .executable("tap-postgres"),
          config: [
            ConfigEntry("host", .string("db.internal")),
            ConfigEntry("password", .secret(.environment("SHOP_DB_PASSWORD"))),
            ConfigEntry("port", .int(5432)),
          ], environment: [ConfigEntry("PGSSLMODE", .string("require"))], catalogArgument: .properties))
    #expect(work.destination.connector == .builtin("sqlite"))
    #expect(
      work.streams
        == .only([
          StreamRule(name: "public-orders", replication: .incremental, key: "updated_at"),
          StreamRule(name: "public-customers"),
        ]))
    #expect(schedule.timeZone == "Europe/Berlin")
    #expect(schedule.missed == .runOnce)
    #expect(schedule.startDeadline == TimeSpan(seconds: 7200))
    #expect(schedule.overlap == .queue)
    #expect(schedule.transitions == TransitionPolicy())
    #expect(spec.paused == .active)
    #expect(
      spec.job
        == JobRequest(
          request: RequestID("backfill-2026-11"),
          action: .start(StartOptions(mode: .historical, ifRunning: .wait)), reason: "new column backfilled"))
    #expect(spec.limits.cancelGrace == TimeSpan(seconds: 30))
    #expect(spec.retry == RetryPolicy(attempts: 3, backoff: TimeSpan(seconds: 10)))
  }

  @Test func `what is left out has the defaults of the model`() throws {
    let spec = try #require(compile(pipeline()).pipelines.first?.spec)
    #expect(spec == PipelineSpec(work: spec.work))
  }

  @Test func `the order of the documents does not matter`() {
    let documents = whole.split(separator: "---\n").map(String.init)
    let forward = compile(files: documents.enumerated().map { ("\($0.offset).yaml", $0.element) })
    let backward = compile(files: documents.enumerated().map { ("\($0.offset).yaml", $0.element) }.reversed())
    #expect(forward.pipelines == backward.pipelines)
    #expect(forward.diagnostics == backward.diagnostics)
    #expect(forward.origins == backward.origins)
    #expect(forward.pipelines.count == 1)
  }
}
