public import PipelineModel

/// Checks a plan against the laws, without asking how it was made.
///
/// The loop refuses a plan with a violation; the simulator demands that there is none.
public func checkLaws(
  of plan: Plan, desired: DesiredState, observed: ObservedState, openIntents: [Intent], ledger: [RequestRecord]
) -> [LawViolation] {
  let audit = PlanAudit(
    plan: plan, desired: desired, observed: observed, openIntents: openIntents, ledger: ledger)
  return audit.oneActiveRun() + audit.oneEffectARequest() + audit.noRepeatOfOpenIntents()
    + audit.nothingFromTheUnreadable() + audit.onlyOwned() + audit.sorted() + audit.namedDataEffects()
}

/// One law, one function. What is known is looked up for those pipelines alone that the plan does something to.
struct PlanAudit {
  let plan: Plan
  let desired: DesiredState
  let openIntents: [Intent]
  private let records: [PipelineName: PipelineRecord]
  private let runs: [RunID: RunRecord]
  private let activeRuns: [PipelineName: [RunRecord]]
  private let engines: [EngineName: EngineAvailability]
  private let settledRequests: Set<RequestKey>

  init(
    plan: Plan, desired: DesiredState, observed: ObservedState, openIntents: [Intent], ledger: [RequestRecord]
  ) {
    self.plan = plan
    self.desired = desired
    self.openIntents = openIntents
    let concerned = plan.concerned
    let known = concerned.isEmpty ? [] : observed.runs.filter { concerned.contains($0.id.pipeline) }
    let recorded = concerned.isEmpty ? [] : observed.pipelines.filter { concerned.contains($0.name) }
    records = Dictionary(recorded.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    runs = Dictionary(known.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    activeRuns = Dictionary(grouping: known.filter(\.isActive), by: \.id.pipeline)
    engines = Dictionary(observed.engines.map { ($0.engine, $0) }, uniquingKeysWith: { first, _ in first })
    settledRequests = Set(ledger.filter { $0.state.result != nil }.map(\.key))
  }

  /// Law 1.
  func oneActiveRun() -> [LawViolation] {
    let starts = plan.operations.compactMap { operation -> StartOrder? in
      if case .start(let order) = operation.effect { order } else { nil }
    }
    let doubled = Dictionary(grouping: starts, by: \.run.pipeline).filter { $0.value.count > 1 }.keys.sorted()
    let overlapping = starts.filter { order in
      activeRuns[order.run.pipeline, default: []].contains { $0.id != order.run }
    }
    let unproven = starts.filter { order in
      runs[order.run].map { $0.isActive && $0.isUnderWay } ?? false
    }
    return doubled.map { LawViolation(law: 1, pipeline: $0, "two starts in one plan") }
      + overlapping.map { LawViolation(law: 1, pipeline: $0.run.pipeline, "a start beside an active run") }
      + unproven.map { LawViolation(law: 1, pipeline: $0.run.pipeline, "a start of a run that is under way") }
  }

  /// Law 2.
  func oneEffectARequest() -> [LawViolation] {
    let acting = plan.operations.filter { $0.effect.callsEngine && $0.request != nil }
    let doubled = Dictionary(grouping: acting, by: \.pipeline).filter { _, operations in
      Set(operations.compactMap(\.request)).count != operations.count
    }
    let settled = acting.filter { operation in
      operation.request.map { settledRequests.contains(RequestKey(operation.pipeline, $0)) } ?? false
    }
    return doubled.keys.sorted().map { LawViolation(law: 2, pipeline: $0, "two effects of one request") }
      + settled.map { LawViolation(law: 2, pipeline: $0.pipeline, "an effect of a request that has its result") }
  }

  /// Law 6.
  func noRepeatOfOpenIntents() -> [LawViolation] {
    let busy = Set(openIntents.map(\.operation.pipeline))
    return plan.operations.filter { $0.effect.callsEngine && busy.contains($0.pipeline) }
      .map { LawViolation(law: 6, pipeline: $0.pipeline, "\($0.id) while an intent is open") }
  }

  /// Law 7.
  func nothingFromTheUnreadable() -> [LawViolation] {
    plan.operations.compactMap { operation in
      guard let engine = engine(of: operation) else { return nil }
      if let known = engines[engine], known.silence(on: operation.pipeline) == nil { return nil }
      return LawViolation(
        law: 7, pipeline: operation.pipeline, "\(operation.id) on engine \(engine), which was not read")
    }
  }

  private func engine(of operation: Operation) -> EngineName? {
    switch operation.effect {
    case .start(let order): order.spec.engine.name
    case .stop(let order): order.unseen?.order.spec.engine.name ?? runs[order.run]?.observedFrom
    case .write(let order): order.engine.name
    case .configure, .forget, .settle: nil
    }
  }

  /// Law 8.
  func onlyOwned() -> [LawViolation] {
    plan.operations.compactMap { operation in
      guard case .forget = operation.effect, !desired.sourceSets.isEmpty,
        let record = records[operation.pipeline]
      else { return nil }
      if !desired.sourceSets.contains(record.applied.sourceSet) {
        return LawViolation(law: 8, pipeline: operation.pipeline, "it belongs to another source set")
      }
      if record.applied.isProtected { return LawViolation(law: 8, pipeline: operation.pipeline, "it is protected") }
      if desired.prune == nil { return LawViolation(law: 8, pipeline: operation.pipeline, "nobody asked for a prune") }
      return nil
    }
  }

  /// Law 11.
  func sorted() -> [LawViolation] {
    let names = plan.decisions.map(\.pipeline)
    let ids = plan.operations.map(\.id)
    let isAscending = zip(names, names.dropFirst()).allSatisfy { $0 < $1 }
    return (isAscending ? [] : [LawViolation(law: 11, pipeline: nil, "decisions out of order")])
      + (Set(ids).count == ids.count ? [] : [LawViolation(law: 11, pipeline: nil, "an operation appears twice")])
  }

  /// Law 12.
  func namedDataEffects() -> [LawViolation] {
    plan.operations.filter { operation in
      switch operation.effect {
      case .stop(let order): order.kind == .cancel && operation.dataEffect != .cancelsRun
      case .start(let order): order.dropDestinationFirst && operation.dataEffect != .rewritesDestination
      case .write(let order): order.cancelsRun && operation.dataEffect != .cancelsRun
      case .configure, .forget, .settle: false
      }
    }.map { LawViolation(law: 12, pipeline: $0.pipeline, "\($0.id) does not say what it does to data") }
  }
}

extension Plan {
  /// The pipelines that something is done to, and those whose runs something is done to.
  fileprivate var concerned: Set<PipelineName> {
    Set(operations.map(\.pipeline)).union(operations.compactMap(\.effect.run?.pipeline))
  }
}
