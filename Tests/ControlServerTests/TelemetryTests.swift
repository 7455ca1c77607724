import PipelineModel
import Reconciler
import Simulation
import StoreAPI
import Synchronization
import Testing

@testable import ControlServer

/// What is counted is what happened, and nothing is shown that nobody measured.
@Suite struct TelemetryTests {
  private static let now = Timestamp(seconds: 1_800_000_000)
  private let orders = PipelineName("orders")
  private let store = MemoryStore()
  private let told = Told()

  private final class Told: Sendable {
    let events = Mutex<[ControlEvent]>([])
  }

  private func telemetry(_ record: PipelineRecord, _ runs: [RunRecord] = []) throws -> Telemetry {
    try store.commit([.putPipeline(record)] + runs.map { .putRun($0) })
    let telemetry = Telemetry(now: { Self.now }) { [told] event in told.events.withLock { $0.append(event) } }
    _ = try telemetry.watching(store)
    return telemetry
  }

  private func record(_ override: PauseOverride? = nil) -> PipelineRecord {
    var record = PipelineRecord(
      applied: .sample(orders), generation: 1, createdAt: Self.now - TimeSpan(seconds: 60),
      appliedAt: Self.now - TimeSpan(seconds: 60))
    record.override = override
    return record
  }

  private func run(_ outcome: RunOutcome, _ conditions: [RunCondition] = [], leftOut: Int64? = nil) throws -> RunRecord
  {
    let plan = makePlan(
      scope: nil,
      desired: DesiredState(pipelines: [
        .sample(orders, job: JobRequest(request: RequestID("first"), action: .start(StartOptions())))
      ]),
      observed: ObservedState(
        stored: StoredState(), engines: [EngineAvailability(engine: .local, answer: .complete(Revision("r1")))]),
      openIntents: [], ledger: [], now: Self.now)
    let order = try #require(
      plan.operations.compactMap { operation -> StartOrder? in
        if case .start(let order) = operation.effect { order } else { nil }
      }.first)
    let report = RunReport(
      run: order.run, status: .ended(outcome), startedAt: Self.now, endedAt: Self.now, conditions: conditions,
      logBytesLeftOut: leftOut)
    return RunRecord(
      order: order, orderedAt: Self.now, report: report, observedAt: Self.now, observedFrom: .local)
  }

  private func page(_ telemetry: Telemetry) -> String {
    MetricsPage(
      version: "1", known: telemetry.known, status: ControllerStatus(startedAt: Self.now), process: nil, waiting: 0,
      now: Self.now
    ).text
  }

  @Test func `a pause that should be over is told of once, until it is another one`() throws {
    let over = PauseOverride(
      isPaused: true, reason: nil, by: "ann", since: Self.now - TimeSpan(seconds: 60),
      until: Self.now - TimeSpan(seconds: 1))
    let telemetry = try telemetry(record(over))
    for _ in 1...3 { telemetry.note([Decision(pipeline: orders, reason: .upToDate)], ofAll: false) }
    let events = told.events.withLock { $0 }
    #expect(events.map(\.type) == [.pauseOverdue])
    #expect(events.first?.message.contains("the pause by ann was to end at") == true)
    #expect(page(telemetry).contains("pipectl_pipeline_paused_overdue_seconds{pipeline=\"orders\"} 1"))
  }

  @Test func `what somebody changes at a service is counted while it is so`() throws {
    var changed = record()
    let telemetry = try telemetry(changed)
    #expect(!page(telemetry).contains("pipectl_pipeline_drift{"))
    let definition = HeldDefinition(id: "4711", schedule: .none, isPaused: true)
    changed.held = HeldRecord(
      definition: definition, drift: [Drift(.paused, before: "false", after: "true", seenAt: Self.now)])
    telemetry.noteCommit([.putPipeline(changed)])
    #expect(page(telemetry).contains("pipectl_pipeline_drift{class=\"paused\"} 1\n"))
    #expect(page(telemetry).contains("pipectl_pipeline_drift{class=\"schedule\"} 0\n"))
    changed.held = HeldRecord(definition: definition)
    telemetry.noteCommit([.putPipeline(changed)])
    #expect(page(telemetry).contains("pipectl_pipeline_drift{class=\"paused\"} 0\n"))
  }

  @Test func `health is how the latest run ended, and unknown before the first`() throws {
    let telemetry = try telemetry(record())
    #expect(page(telemetry).contains(#"sync_status="managed",health="Unknown""#))
    telemetry.noteCommit([.putRun(try run(.failed(Failure(.secretUnresolved, "SHOP_PASSWORD is not set"))))])
    #expect(page(telemetry).contains(#"health="Degraded""#))
    #expect(page(telemetry).contains("pipectl_secret_resolve_failures_total 1\n"))
  }

  @Test func `what ended before the controller began counts for health and for nothing else`() throws {
    let telemetry = try telemetry(record(), [try run(.succeeded, [.logTruncated, .leftoversEnded], leftOut: 4096)])
    #expect(page(telemetry).contains(#"health="Healthy""#))
    #expect(page(telemetry).contains("pipectl_log_bytes_dropped_total 0\n"))
    #expect(page(telemetry).contains("pipectl_orphans_found_total{kind=\"left-behind\"} 0\n"))
  }

  @Test func `an attempt that fails is told of once, with its reason and when the next one begins`() throws {
    let telemetry = try telemetry(record())
    var waiting = try run(.succeeded)
    waiting.report.endedAt = nil
    waiting.report.status = .backingOff(until: Self.now + TimeSpan(seconds: 30))
    waiting.retryAt = Self.now + TimeSpan(seconds: 30)
    waiting.retriedFailure = Failure(.secretUnresolved, "SHOP_PASSWORD is not set")
    for _ in 1...3 { telemetry.noteCommit([.putRun(waiting)]) }
    let events = told.events.withLock { $0 }
    #expect(events.map(\.type) == [.attemptFailed])
    #expect(
      events.first?.message
        == "attempt 1 failed: \(FailureCode.secretUnresolved.rawValue): SHOP_PASSWORD is not set; the next one begins at \(Self.now + TimeSpan(seconds: 30))"
    )
  }

  @Test func `an engine that answers again is up again`() throws {
    let telemetry = try telemetry(record())
    telemetry.note([EngineAvailability(engine: .local, answer: .unavailable("no answer"))])
    #expect(page(telemetry).contains("pipectl_backend_up{backend=\"local\"} 0\n"))
    telemetry.note([EngineAvailability(engine: .local, answer: .complete(Revision("r1")))])
    #expect(page(telemetry).contains("pipectl_backend_up{backend=\"local\"} 1\n"))
  }

  @Test func `slots to come, jumps of the clock and answers of engines are counted`() throws {
    let telemetry = try telemetry(record())
    let run = try run(.succeeded, [.logTruncated, .leftoversEnded], leftOut: 4096)
    let start = Operation(
      id: OperationID("start:orders.1"), pipeline: orders, effect: .start(run.order), dataEffect: .none, reason: "")
    telemetry.note(start, .unavailable("503"))
    telemetry.note(start, .done)
    telemetry.note([Decision(pipeline: orders, reason: .upToDate, nextSlot: Self.now)], ofAll: true)
    telemetry.noteClockJump(by: TimeSpan(seconds: 3600))
    telemetry.noteCommit([.putRun(run)])
    let text = page(telemetry)
    for line in [
      #"pipectl_backend_requests_total{backend="local",request="start",code="ok"} 1"#,
      #"pipectl_backend_requests_total{backend="local",request="start",code="unavailable"} 1"#,
      #"pipectl_schedule_next_timestamp_seconds{pipeline="orders"} 1800000000"#,
      #"pipectl_clock_jump_total{direction="forward"} 1"#, #"pipectl_clock_jump_total{direction="backward"} 0"#,
      #"pipectl_orphans_found_total{kind="left-behind"} 1"#, "pipectl_log_bytes_dropped_total 4096",
    ] {
      #expect(text.contains(line + "\n"), "\(line)\n\(text)")
    }
    telemetry.note([], ofAll: true)
    #expect(!page(telemetry).contains("pipectl_schedule_next_timestamp_seconds"))
  }
}
