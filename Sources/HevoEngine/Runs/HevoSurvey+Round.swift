internal import EngineAPI
internal import EngineHTTP
internal import PipelineModel

extension HevoSurvey {
  /// Looks at the jobs of pipelines with an open run, then at others; each time those first that were not looked at for longest. A look that is
  /// not to be had now leaves what is known as it was.
  mutating func bringUpToDate(
    by engine: HevoEngine, units: [String: HevoUnit], existing: Set<String>
  ) async throws(EngineError) {
    let now = engine.service.ownNow()
    let rolls = try engine.rolls.all()
    func inTurn(_ ids: some Sequence<String>) -> [String] {
      ids.sorted { first, second in
        (rolls[first]?.lookedAt ?? .distantPast, first) < (rolls[second]?.lookedAt ?? .distantPast, second)
      }
    }
    let busy = Set(receipts.filter(\.isOpen).map(\.pipeline))
    let idle = units.keys.filter { !busy.contains($0) && existing.contains($0) }
    let wanted = inTurn(busy) + inTurn(idle).prefix(Self.idleLooks)
    let allowed = engine.isReadOnly ? wanted.count : try engine.budget.take(wanted.count, at: now)
    let before = engine.service.calls.callsMade
    for id in wanted.prefix(allowed) { try await look(at: id, by: engine, units[id], exists: existing.contains(id)) }
    // Jobs that were not on a first page, and what runs have loaded.
    let more = engine.service.calls.callsMade - before - allowed
    if !engine.isReadOnly, more > 0 { try engine.budget.note(more, at: now) }
  }

  private mutating func look(
    at id: String, by engine: HevoEngine, _ unit: HevoUnit?, exists: Bool
  ) async throws(EngineError) {
    do throws(LookFailure) {
      _ = try await engine.readJobs(of: id, for: unit, into: &self)
    } catch {
      switch error {
      case .engine(let error): throw error
      case .call(let failure) where failure.answer?.status == 404 && !exists:
        lose(id, at: engine.service.now())
        try engine.keep(self, of: id)
      case .call(let failure) where failure.kind == .garbled: unread[id] = failure.message
      case .call: return
      }
    }
  }

  /// Each look reads the jobs of so many pipelines of which nothing is expected.
  private static let idleLooks = 20
}

extension Timestamp {
  fileprivate static let distantPast = Timestamp(milliseconds: Int64.min)
}
