public import PipelineModel
public import StoreAPI
import Synchronization

/// What the controller knows about its own work: fed by what is committed, read by `/metrics` and `/v1/events`.
public final class Telemetry: Sendable {
  let now: @Sendable () -> Timestamp
  private let tell: @Sendable (ControlEvent) -> Void
  private let chronicle = Mutex(Chronicle())

  /// - Parameters:
  ///   - now: the time of day.
  ///   - tell: hears of every event, at once and in their order.
  public init(
    now: @escaping @Sendable () -> Timestamp, tell: @escaping @Sendable (ControlEvent) -> Void = { _ in }
  ) {
    self.now = now
    self.tell = tell
  }

  /// A store that does what the given one does, and lets every commit be known; all of the controller's work goes through it.
  ///
  /// Loads what is recorded, once.
  public func watching(_ store: any ControlStore) throws(StoreError) -> any ControlStore {
    let stored = try store.load(StoreQuery())
    let lastSuccess = try latestSuccesses(in: stored, store)
    chronicle.withLock { $0.begin(stored, lastSuccess: lastSuccess) }
    return WatchedStore(store: store, telemetry: self)
  }

  /// Counts one round of the loop.
  ///
  /// - Parameter result: its outcome in a word, `Done` when all went well.
  public func noteReconcile(took span: TimeSpan, result: String) {
    let now = now()
    chronicle.withLock {
      $0.reconciles[result, default: 0] += 1
      $0.reconcileDuration.note(Double(span.milliseconds) / 1000)
      if result == "Done" { $0.lastGoodReconcile = now }
    }
  }

  /// Notes which engines answered when they were observed last.
  public func note(_ engines: [EngineAvailability]) {
    chronicle.withLock { chronicle in
      for engine in engines { chronicle.engines[engine.engine] = engine.answers }
    }
  }

  func noteCommit(_ changes: [StateChange]) {
    let now = now()
    chronicle.withLock { chronicle in
      for event in chronicle.note(changes, at: now) { tell(event) }
    }
  }

  var known: Chronicle { chronicle.withLock { $0 } }

  func events(after sequence: Int, of pipeline: PipelineName?, limit: Int) -> [ControlEvent] {
    chronicle.withLock { $0.events.events(after: sequence, of: pipeline, limit: limit) }
  }

  /// Of pipelines whose latest run did not end well, by looking further back.
  private func latestSuccesses(
    in stored: StoredState, _ store: any ControlStore
  ) throws(StoreError) -> [PipelineName: Timestamp] {
    var found: [PipelineName: Timestamp] = [:]
    for run in stored.runs where run.isGood { found[run.id.pipeline] = run.report.endedAt ?? run.observedAt }
    for record in stored.pipelines where found[record.name] == nil && record.lastRunNumber > 1 {
      let good = try store.runs(of: record.name, limit: 100).first(where: \.isGood)
      found[record.name] = good.map { $0.report.endedAt ?? $0.observedAt }
    }
    return found
  }
}

extension RunRecord {
  fileprivate var isGood: Bool { report.status.outcome?.isGood ?? false }
}

extension EngineAvailability {
  fileprivate var answers: Bool {
    switch answer {
    case .complete: true
    case .unavailable: false
    }
  }
}
