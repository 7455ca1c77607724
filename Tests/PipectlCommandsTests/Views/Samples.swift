import PipelineModel

@testable import PipectlCommands

/// Values to make views of; times count in seconds from one instant.
enum Sample {
  static let orders = PipelineName("orders")

  static func at(_ seconds: Int64) -> Timestamp { Timestamp(seconds: 1_795_000_000 + seconds) }

  static func spec(
    schedule: ScheduleSetting = .none, paused: PauseSetting = .unmanaged, job: JobRequest? = nil
  ) -> PipelineSpec {
    let source = Connection(
      name: "shop-db", connector: .executable("tap-postgres"),
      config: [
        ConfigEntry("host", .string("db")), ConfigEntry("password", .secret(.environment("SHOP_PASSWORD"))),
        ConfigEntry("token", .string("CANARY")),
      ])
    let destination = Connection(
      name: nil, connector: .builtin("sqlite"), config: [ConfigEntry("path", .string("w.db"))])
    return PipelineSpec(
      work: .replication(Replication(source: source, destination: destination, streams: .all)), schedule: schedule,
      paused: paused, job: job)
  }

  static func record(_ spec: PipelineSpec = spec()) -> PipelineRecord {
    PipelineRecord(
      applied: DesiredPipeline(
        name: orders, labels: [DesiredPipeline.Label("team", "growth")], spec: spec, sourceSet: .path("/repo")),
      generation: 3, createdAt: at(0), appliedAt: at(10))
  }

  static func facts(_ record: PipelineRecord = record(), at seconds: Int64 = 1000) -> PipelineFacts {
    PipelineFacts(record: record, now: at(seconds))
  }

  static func run(
    _ number: Int, _ status: RunStatus, mode: RunMode = .incremental,
    trigger: RunTrigger = .request(RequestID("backfill")),
    conditions: [RunCondition] = [], startedAt: Int64 = 100, endedAt: Int64? = nil
  ) -> RunRecord {
    let id = RunID(pipeline: orders, number: number)
    let report = RunReport(
      run: id, status: status, startedAt: at(startedAt), endedAt: (endedAt ?? (status.isEnded ? 200 : nil)).map(at),
      streams: [StreamReport(name: "a", records: 1200, bytes: 3400), StreamReport(name: "b", records: 1, bytes: 10)],
      conditions: conditions)
    return RunRecord(
      order: StartOrder(run: id, trigger: trigger, mode: mode, generation: 3, spec: spec(), refreshSchema: false),
      orderedAt: at(90), report: report, observedAt: at(210), observedFrom: .local)
  }

  static func request(
    _ state: RequestState, id: String = "backfill", action: JobAction = .start(StartOptions()),
    origin: RequestRecord.Origin = .manifest, expireAfter: TimeSpan? = nil
  ) -> RequestRecord {
    RequestRecord(
      key: RequestKey(orders, RequestID(id)),
      job: JobRequest(request: RequestID(id), action: action, reason: "new column", expireAfter: expireAfter),
      origin: origin,
      recordedAt: at(50), state: state)
  }

  static func version(_ run: Int, _ sequence: Int, at seconds: Int64, _ text: String? = "{}") -> StateVersion {
    StateVersion(
      pipeline: orders, origin: .run(RunID(pipeline: orders, number: run), sequence: sequence), at: at(seconds),
      text: text)
  }

  static let failure = Failure(.tapFailed, "the tap exited with 3", lastLines: ["no route to host"])
}
