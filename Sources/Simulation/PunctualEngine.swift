import PipelineModel
import Reconciler

/// An engine whose jobs take five, ten, fifteen or twenty minutes, and succeed.
struct PunctualEngine {
  /// What it tells of: runs that are active, and those that ended and are not retired.
  private var runs: [PipelineName: Run] = [:]
  private var revision = 0

  private struct Run {
    @Boxed var order: StartOrder
    var startedAt: Timestamp
    var endsAt: Timestamp
    var hasEnded = false

    var report: RunReport {
      let text = "{\"bookmark\":\(endsAt.milliseconds)}"
      return RunReport(
        run: order.run, status: hasEnded ? .ended(.succeeded) : .active(.extract), startedAt: startedAt,
        endedAt: hasEnded ? endsAt : nil,
        confirmedStates: hasEnded ? [ConfirmedState(sequence: 1, at: endsAt, text: text)] : [], order: order)
    }
  }

  /// When the next of them ends.
  var nextEnd: Timestamp? { runs.values.lazy.filter { !$0.hasEnded }.map { $0.endsAt }.min() }

  /// - Returns: the pipelines whose runs have ended meanwhile, sorted.
  mutating func advance(to now: Timestamp) -> [PipelineName] {
    let ended = runs.filter { !$0.value.hasEnded && $0.value.endsAt <= now }.map { $0.key }.sorted()
    for name in ended { runs[name]?.hasEnded = true }
    return ended
  }

  mutating func observe(at now: Timestamp) -> EngineAnswer {
    revision += 1
    let reports = runs.keys.sorted().compactMap { runs[$0]?.report }
    return EngineAnswer(
      engine: .local, observation: .complete(Revision("r\(revision)"), at: now, runs: reports, unreadable: []))
  }

  /// - Returns: false where another run of the pipeline is active.
  mutating func start(_ order: StartOrder, at now: Timestamp) -> Bool {
    let name = order.run.pipeline
    if let other = runs[name], !other.hasEnded { return false }
    let minutes = 5 * (1 + Int64(order.run.number + name.text.utf8.reduce(0) { $0 + Int($1) }) % 4)
    runs[name] = Run(order: order, startedAt: now, endsAt: now + TimeSpan(seconds: 60 * minutes))
    return true
  }

  mutating func retire(_ run: RunID) {
    guard let known = runs[run.pipeline], known.order.run == run, known.hasEnded else { return }
    runs[run.pipeline] = nil
  }
}
