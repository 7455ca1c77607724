import PipelineModel
import Testing

@Suite struct FieldsTests {
  typealias Samples = FieldsSamples

  @Test func `fields are worded as the manifest words them, sorted by path`() {
    let rules = [
      StreamRule(name: "public-orders", replication: .incremental, key: "updated_at"),
      StreamRule(name: "*", fields: ["id", "!email"]),
    ]
    let spec = PipelineSpec(
      work: Samples.replication(
        config: [
          ConfigEntry("host", .string("db.internal")),
          ConfigEntry("password", .secret(.environment("SHOP_DB_PASSWORD"))),
        ], streams: .only(rules)),
      schedule: .slots(Samples.schedule()), paused: .active,
      job: JobRequest(
        request: RequestID("backfill-2026-11"), action: .start(StartOptions(mode: .historical)),
        reason: "new column: backfilled"),
      limits: Limits(
        runTimeout: TimeSpan(seconds: 7200), noProgress: TimeSpan(seconds: 900), noProgressAction: .alert),
      allow: [.rewrite])
    let found = fields(of: Samples.pipeline(labels: [.init("team", "growth")], spec: spec))
    #expect(
      found.map { "\($0.path) = \($0.text)" } == [
        "metadata.labels.team = growth",
        "metadata.protected = false",
        "spec.allow = [rewrite]",
        "spec.destination.connector.name = sqlite",
        "spec.destination.connector.type = builtin",
        "spec.engine = local",
        "spec.engine.maxConcurrentRuns = 32",
        "spec.engine.type = local",
        "spec.job.action = start",
        "spec.job.dropDestinationFirst = false",
        "spec.job.ifRunning = reject",
        "spec.job.mode = historical",
        "spec.job.reason = \"new column: backfilled\"",
        "spec.job.request = backfill-2026-11",
        "spec.limits.cancelGrace = 1m",
        "spec.limits.drainTimeout = 10m",
        "spec.limits.noProgress = {after: 15m, action: alert}",
        "spec.limits.runTimeout = 2h",
        "spec.mode = incremental",
        "spec.paused = false",
        "spec.pollInterval = 10s",
        "spec.retry.attempts = 1",
        "spec.retry.backoff = 30s",
        "spec.schedule.cron = 0 6 * * *",
        "spec.schedule.dst.fold = first",
        "spec.schedule.dst.gap = shift",
        "spec.schedule.missed = {runAll: 5}",
        "spec.schedule.overlap = cancel-running",
        "spec.schedule.startDeadline = 2h",
        "spec.schedule.timeZone = Europe/Berlin",
        "spec.source = shop-db",
        "spec.source.config.host = db.internal",
        "spec.source.config.password = {fromEnv: SHOP_DB_PASSWORD}",
        "spec.source.connector.executable = tap-postgres",
        "spec.source.connector.type = singer",
        "spec.streams = [public-orders, \"*\"]",
        "spec.streams[\"*\"].fields = [id, \"!email\"]",
        "spec.streams[public-orders].key = updated_at",
        "spec.streams[public-orders].replication = incremental",
      ])
  }

  @Test(arguments: [
    (PauseSetting.unmanaged, String?.none),
    (.active, "false"),
    (.paused(PauseDetails()), "true"),
    (
      .paused(PauseDetails(reason: "a, b", until: Timestamp(seconds: 0))),
      "{reason: \"a, b\", until: 1970-01-01T00:00:00Z}"
    ),
  ])
  func `absent, false, true and an object are four ways to say paused`(setting: PauseSetting, text: String?) {
    let spec = PipelineSpec(work: Samples.replication(), paused: setting)
    #expect(Samples.text(of: "spec.paused", in: Samples.pipeline(spec: spec)) == text)
  }

  @Test(arguments: [(ScheduleSetting.unmanaged, String?.none), (.none, "null")])
  func `a schedule that is not managed differs from none`(setting: ScheduleSetting, text: String?) {
    let spec = PipelineSpec(work: Samples.replication(), schedule: setting)
    #expect(Samples.text(of: "spec.schedule", in: Samples.pipeline(spec: spec)) == text)
  }

  @Test(arguments: [
    (ConfigValue.null, "null"), (.bool(false), "false"), (.string("false"), "\"false\""), (.string(""), "\"\""),
    (.array([]), "[]"), (.object([]), "{}"), (.int(5), "5"), (.string("5"), "\"5\""), (.number("1e3"), "1e3"),
    (.string("0x10"), "\"0x10\""), (.string("127.0.0.1"), "127.0.0.1"), (.string("yes"), "yes"),
    (.string("~"), "\"~\""),
    (.string("a # b"), "\"a # b\""), (.string("a: b"), "\"a: b\""), (.string("-x"), "-x"), (.string("- x"), "\"- x\""),
    (.string("line\nbreak"), "\"line\\nbreak\""), (.string("\u{1B}[31m"), "\"\\u001B[31m\""),
    (.string("\u{202E}evil"), "\"\\u202Eevil\""), (.string("C:\\x"), "\"C:\\\\x\""),
    (.array([.int(1), .object([ConfigEntry("a", .string("b"))])]), "[1, {a: b}]"),
    (.secret(.file("/run/secrets/db")), "{fromFile: /run/secrets/db}"),
  ])
  func `a value reads back as what it is`(value: ConfigValue, text: String) {
    let pipeline = Samples.pipeline(config: [ConfigEntry("value", value)])
    #expect(Samples.text(of: "spec.source.config.value", in: pipeline) == text)
  }

  @Test(arguments: [
    ("password", ".password"), ("DB_Password", ".DB_Password"), ("api-key", ".api-key"), ("pass", ".pass"),
    ("refresh.token", "[\"refresh.token\"]"),
  ])
  func `a literal under a key that names a secret is never shown`(key: String, step: String) {
    let pipeline = Samples.pipeline(config: [ConfigEntry(key, .string("CANARY"))])
    #expect(Samples.text(of: "spec.source.config" + step, in: pipeline) == "(literal, hidden)")
  }

  @Test(arguments: [
    ConfigEntry("credentials", .object([ConfigEntry("any", .array([.string("CANARY")]))])),
    ConfigEntry(
      "servers", .array([.object([ConfigEntry("token", .string("CANARY")), ConfigEntry("host", .string("h"))])])),
    ConfigEntry("url", .string("postgres://shop:CANARY@db/shop")),
    ConfigEntry("dsn", .string("host=db Password=CANARY")),
    ConfigEntry("password", .int(4_242_424_242)),
  ])
  func `no shape of a literal secret shows in a field or a change`(entry: ConfigEntry) {
    let pipeline = Samples.pipeline(config: [entry])
    let shown = "\(fields(of: pipeline)) \(fieldChanges(from: nil, to: pipeline))"
    #expect(!shown.contains("CANARY") && !shown.contains("4242424242"))
    #expect(shown.contains("(literal, hidden)"))
  }

  @Test func `a hidden literal that changed is a change that shows neither`() {
    let old = Samples.pipeline(config: [ConfigEntry("password", .string("one"))])
    let new = Samples.pipeline(config: [ConfigEntry("password", .string("two"))])
    #expect(
      fieldChanges(from: old, to: new) == [
        FieldChange(
          path: "spec.source.config.password", before: "(literal, hidden)", after: "(literal, hidden), another one")
      ])
  }

  @Test func `changes are what differs, with what came and what went`() {
    let old = Samples.pipeline(labels: [.init("gone", "x"), .init("same", "y")])
    let new = Samples.pipeline(labels: [.init("come", "z"), .init("same", "y")], isProtected: true)
    #expect(
      fieldChanges(from: old, to: new) == [
        FieldChange(path: "metadata.labels.come", before: nil, after: "z"),
        FieldChange(path: "metadata.labels.gone", before: "x", after: nil),
        FieldChange(path: "metadata.protected", before: "false", after: "true"),
      ])
    #expect(fieldChanges(from: new, to: new).isEmpty)
    #expect(fieldChanges(from: nil, to: new).count == fields(of: new).count)
    #expect(fieldChanges(from: new, to: nil).allSatisfy { $0.after == nil })
  }

  @Test(arguments: [
    PipelineSpec(
      engine: EngineSpec(name: .local, type: "local", maxConcurrentRuns: 2), work: FieldsSamples.replication()),
    PipelineSpec(work: .remote(id: "4711")),
    PipelineSpec(work: FieldsSamples.migration()),
    PipelineSpec(work: FieldsSamples.migration { $0.filters = [TableFilter(schema: "a", table: "b", rows: 1)] }),
    PipelineSpec(work: .command(CommandJob(argv: ["dbt", "build"]))),
    PipelineSpec(work: .command(CommandJob(argv: ["dbt build"]))),
    PipelineSpec(work: .command(CommandJob(argv: ["dbt"], workingDirectory: "/srv"))),
    PipelineSpec(work: .command(CommandJob(argv: ["dbt"], environment: [ConfigEntry("A", .string("b"))]))),
    PipelineSpec(work: .command(CommandJob(argv: ["dbt"], capabilities: CommandCapabilities(canComplete: true)))),
    PipelineSpec(
      work: .command(CommandJob(argv: ["dbt"], capabilities: CommandCapabilities(canDropDestinationFirst: true)))),
    PipelineSpec(work: .command(CommandJob(argv: ["dbt"], capabilities: CommandCapabilities(modes: [.snapshot])))),
    PipelineSpec(work: FieldsSamples.replication(streams: .only([StreamRule(name: "a*"), StreamRule(name: "b*")]))),
    PipelineSpec(work: FieldsSamples.replication(streams: .only([StreamRule(name: "b*"), StreamRule(name: "a*")]))),
    PipelineSpec(work: FieldsSamples.replication(streams: .only([StreamRule(name: "a*", fields: [])]))),
    PipelineSpec(work: FieldsSamples.replication(), mode: .snapshot),
    PipelineSpec(work: FieldsSamples.replication(), schedule: .unmanaged),
    PipelineSpec(work: FieldsSamples.replication(), schedule: .slots(FieldsSamples.schedule())),
    PipelineSpec(
      work: FieldsSamples.replication(),
      schedule: .slots(FieldsSamples.schedule(.every(TimeSpan(seconds: 60), anchor: Timestamp(seconds: 1))))),
    PipelineSpec(work: FieldsSamples.replication(), job: JobRequest(request: RequestID("r"), action: .complete)),
    PipelineSpec(work: FieldsSamples.replication(), retry: RetryPolicy(attempts: 2)),
    PipelineSpec(work: FieldsSamples.replication(), pollInterval: TimeSpan(milliseconds: 250)),
    PipelineSpec(work: FieldsSamples.replication(), allow: [.delete]),
  ])
  func `whatever changes the spec changes a field`(spec: PipelineSpec) {
    #expect(!fieldChanges(from: Samples.pipeline(), to: Samples.pipeline(spec: spec)).isEmpty)
  }
}
