internal import PipelineModel

extension AbsorptionDraft {
  /// Finds out what became of intents whose answer was never heard (law 6).
  mutating func readBackIntents(of engine: EngineName, runs: [RunReport]) {
    let reports = Dictionary(runs.map { ($0.run, $0) }, uniquingKeysWith: { first, _ in first })
    for intent in state.intents where intent.state.isOpen {
      switch intent.operation.effect {
      case .start(let order) where unreadable.contains(order.run): continue
      case .stop(let order) where unreadable.contains(order.run): continue
      case .start(let order) where order.spec.engine.name == engine: readBack(intent, order, reports[order.run])
      case .stop(let order) where (order.unseen?.order.spec.engine.name ?? observedFrom(order.run)) == engine:
        readBack(intent, order, reports[order.run])
      // What still differs from what is declared is planned again, and to write it twice does no harm.
      case .write(let order) where order.engine.name == engine: settle(intent, .notExecuted)
      case .start, .stop, .write, .configure, .forget, .settle: continue
      }
    }
  }

  private func observedFrom(_ run: RunID) -> EngineName? {
    state.run(run)?.observedFrom
  }

  private mutating func readBack(_ intent: Intent, _ order: StartOrder, _ report: RunReport?) {
    guard let report, report.status != .starting, report.attempt >= order.attempt else {
      return settle(intent, .notExecuted)
    }
    settle(intent, .done)
    guard case .request(let id) = order.trigger else { return }
    guard let request = state.request(RequestKey(order.run.pipeline, id)), request.isConsumed else { return }
    change(.putRequest(request.moved(to: .settled(.done(order.run), at: now))))
  }

  private mutating func readBack(_ intent: Intent, _ order: StopOrder, _ report: RunReport?) {
    guard order.unseen == nil else { return readBackUnseen(intent, order, report) }
    let hasArrived = report.map { $0.status.isStopping(order.kind) || $0.status.isEnded } ?? true
    settle(intent, hasArrived ? .done : .notExecuted)
  }

  /// An engine that may have sent a stop for what nobody has seen tells of a run; one that does not has sent nothing.
  private mutating func readBackUnseen(_ intent: Intent, _ order: StopOrder, _ report: RunReport?) {
    settle(intent, report == nil ? .notExecuted : .done)
    guard report == nil, let id = order.request else { return }
    guard let request = state.request(RequestKey(order.run.pipeline, id)), request.isConsumed else { return }
    change(.putRequest(request.moved(to: .pending(behind: nil))))
  }

  /// A run that was ordered and never began begins no more once its pipeline is let go: nobody is left to begin it.
  mutating func giveUpLetGo(by engine: EngineName, besides reports: [RunReport]) {
    let unbegun = state.runs.filter { $0.report.status == .starting && $0.observedFrom == engine }
    let letGo = unbegun.filter { pipeline($0.id.pipeline)?.isForgotten == true }
    guard !letGo.isEmpty else { return }
    let fateless = Set(state.intents.map(\.operation.pipeline))
    let known = unreadable.union(reports.map(\.run))
    for run in letGo where !fateless.contains(run.id.pipeline) && !known.contains(run.id) {
      change(.putRun(run.givenUp(at: now)))
      for request in state.requests(actingOn: run.id) {
        change(.putRequest(request.moved(to: .settled(.expired, at: now))))
      }
    }
  }

  private mutating func settle(_ intent: Intent, _ outcome: IntentOutcome) {
    var settled = intent
    settled.state = .settled(outcome, at: now)
    change(.putIntent(settled))
  }
}
