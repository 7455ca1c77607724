import Foundation
import PipelineModel
import StoreAPI

/// Values to store.
enum StoreSamples {
  static let now = Timestamp(seconds: 1_800_000_000)
  static let canary = "CANARY-6f1d"

  static func spec(_ name: String = "shop-db") -> PipelineSpec {
    let source = Connection(
      name: name, connector: .package(requirement: "tap-postgres==0.10.0", executable: "tap-postgres"),
      config: [
        ConfigEntry("host", .string("db.internal")), ConfigEntry("ratio", .number("1e3")),
        ConfigEntry("password", .secret(.environment("SHOP_DB_PASSWORD"))), ConfigEntry("nothing", .null),
        ConfigEntry("tables", .array([.string("a"), .bool(true), .object([ConfigEntry("n", .int(.max))])])),
      ])
    let destination = Connection(name: nil, connector: .builtin("sqlite"), config: [])
    return PipelineSpec(
      work: .replication(
        Replication(
          source: source, destination: destination,
          streams: .only([StreamRule(name: "orders", replication: .incremental, key: "id")]))),
      paused: .paused(PauseDetails(reason: "„Wartung“ \u{1F6A7} \"x\"\n", until: now)),
      limits: Limits(runTimeout: TimeSpan(seconds: 1)))
  }

  static func pipeline(_ name: String, generation: Int = 1) -> PipelineRecord {
    let desired = DesiredPipeline(
      name: PipelineName(name), labels: [.init("team", "growth")], spec: spec(), sourceSet: .path("/srv/manifests"))
    return PipelineRecord(
      applied: desired, generation: generation, lifecycle: .orphaned(since: now), createdAt: now, appliedAt: now,
      lastRunNumber: 3, override: PauseOverride(isPaused: true, reason: nil, by: "ada", since: now, until: now),
      isHistoryPending: true, staleBookmarks: .streams(["orders"]), needsDiscovery: false)
  }

  static func run(
    _ name: String, _ number: Int, _ status: RunStatus = .ended(.succeeded), trigger: RunTrigger = .slot(now)
  ) -> RunRecord {
    let id = RunID(pipeline: PipelineName(name), number: number)
    let order = StartOrder(
      run: id, trigger: trigger, mode: .historical, generation: 1, spec: spec(), refreshSchema: true, reason: "why")
    let report = RunReport(
      run: id, status: status, startedAt: now, stages: [StageReport(stage: .extract, startedAt: now)],
      streams: [StreamReport(name: "orders", records: .max, bytes: 0)], tapExit: .signal(15), targetExit: .code(0),
      conditions: [.tapKilled])
    return RunRecord(order: order, orderedAt: now, report: report, observedAt: now, observedFrom: .local)
  }

  static func request(_ name: String, _ id: String, _ state: RequestState = .pending(behind: nil)) -> RequestRecord {
    let key = RequestKey(PipelineName(name), RequestID(id))
    let job = JobRequest(request: key.request, action: .start(StartOptions(mode: .historical, ifRunning: .wait)))
    return RequestRecord(key: key, job: job, origin: .command(by: "ada"), recordedAt: now, state: state)
  }

  static func intent(_ name: String, _ number: Int, _ state: IntentState = .open) -> Intent {
    let order = run(name, number).order
    let operation = Operation(
      id: OperationID("start:\(order.run)"), pipeline: order.run.pipeline, effect: .start(order), dataEffect: .rereads,
      preconditions: [.noActiveRun, .generation(1)], changes: [FieldChange(path: "a", before: nil, after: "b")],
      request: RequestID("r"), reason: "asked for")
    return Intent(operation: operation, recordedAt: now, state: state)
  }

  static func state(_ name: String, run: Int, _ sequence: Int, text: String? = nil) -> StateVersion {
    let pipeline = PipelineName(name)
    return StateVersion(
      pipeline: pipeline, origin: .run(RunID(pipeline: pipeline, number: run), sequence: sequence), at: now,
      text: text ?? "{\"bookmarks\": {\"n\": \(sequence)}}")
  }

  static func catalog(_ name: String, run: Int = 1) -> CatalogRecord {
    let pipeline = PipelineName(name)
    return CatalogRecord(
      pipeline: pipeline, run: RunID(pipeline: pipeline, number: run), at: now, text: "{\"streams\":[]}")
  }

  static func slot(_ name: String, _ instant: Timestamp, _ outcome: SlotOutcome) -> SlotRecord {
    SlotRecord(pipeline: PipelineName(name), instant: instant, outcome: outcome, decidedAt: now)
  }

  /// Of every kind of change, some.
  static let everything: [StateChange] = [
    .putRequest(request("b", "r1")), .putPipeline(pipeline("b")), .putPipeline(pipeline("a")),
    .putRun(run("a", 9)), .putRun(run("a", 10, .active(.extract))),
    .putRun(run("a", 11, .unconfirmed(since: now), trigger: .external)),
    .putRun(run("b", 1)), .putRun(run("b", 2, .ended(.failed(Failure(.tapFailed, "it died", lastLines: ["x"]))))),
    .putRequest(request("a", "z", .acting(RunID(pipeline: PipelineName("a"), number: 10)))),
    .putRequest(request("a", "done", .settled(.refused(.engine("no")), at: now))),
    .putIntent(intent("b", 2, .settled(.done, at: now))), .putIntent(intent("a", 10)),
    .putIntent(intent("a", 9, .uncertain("timeout", at: now))),
    .appendState(state("a", run: 9, 1)), .appendState(state("a", run: 9, 2)), .putCatalog(catalog("a")),
    .putSlot(slot("a", now, .ran(RunID(pipeline: PipelineName("a"), number: 9)))),
    .putSlot(slot("a", now + TimeSpan(seconds: 60), .skipped(.overlap(nil)))),
    .putSlot(slot("b", now, .missed(.deadlinePassed))),
    .putSchedule(
      ScheduleProgress(pipeline: PipelineName("a"), settledUntil: now, waiting: [now + TimeSpan(seconds: 60)])),
    .appendCommit(CommitRecord(source: .path("/manifests"), commit: "one", readAt: now, result: .nothingToDo)),
    .bindEnvironment("prod"),
  ]
}
