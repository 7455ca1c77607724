import PipelineModel

extension RunView {
  /// - Parameter request: the one that started it, where it is on record.
  init(_ run: RunRecord, request: RequestRecord? = nil) {
    self.init(
      metadata: Metadata(
        name: run.id.description, pipeline: run.id.pipeline.text, orderedAt: run.orderedAt.description),
      spec: Spec(run.order, request: request), status: Status(run))
  }
}

extension RunView.Spec {
  init(_ order: StartOrder, request: RequestRecord?) {
    self.init(
      mode: order.mode.rawValue, trigger: RunView.Trigger(order.trigger, request: request),
      reason: order.reason ?? request?.job.reason, generation: order.generation, refreshSchema: order.refreshSchema,
      dropDestinationFirst: order.dropDestinationFirst)
    if case .replication(let replication) = order.spec.work, case .only(let rules) = replication.streams {
      streams = rules.map(\.name)
    }
    command = order.spec.work.commandJob?.shownArguments
  }
}

extension RunView.Trigger {
  init(_ trigger: RunTrigger, request: RequestRecord?) {
    switch trigger {
    case .request(let id): self.init(type: "request", request: id.text, by: request?.origin.name)
    case .slot(let instant): self.init(type: "slot", slot: instant.description)
    case .external: self.init(type: "external")
    }
  }

  /// `request backfill-1 of manifest`, `slot 2026-…`, `somebody else, on the engine`.
  var sentence: String {
    if let request {
      return "request `\(request)`" + (by.map { $0 == "manifest" ? " of its manifest" : " by \($0)" } ?? "")
    }
    return slot.map { "slot \($0)" } ?? "somebody else, on the engine"
  }
}

extension RunView.Status {
  init(_ run: RunRecord) {
    let report = run.report
    self.init(
      phase: report.status.word, outcome: report.status.outcome?.word, attempt: report.attempt,
      startedAt: report.startedAt?.description, endedAt: report.endedAt?.description,
      duration: elapsed(report.startedAt, report.endedAt), stages: report.stages.map(RunView.StageView.init),
      records: run.records, bytes: run.bytes,
      streams: report.streams.map { RunSummary.Stream(name: $0.name, records: $0.records, bytes: $0.bytes) },
      tapExit: report.tapExit?.sentence, targetExit: report.targetExit?.sentence,
      commandExit: report.commandExit?.sentence, conditions: report.conditions.map(\.rawValue),
      retryAt: run.retryAt?.description,
      observedAt: run.observedAt.description, observedFrom: run.observedFrom.text)
    explain(run)
  }

  /// Why it is as it is, where there is something to say.
  private mutating func explain(_ run: RunRecord) {
    switch run.report.status {
    case .ended(.failed(let failure)):
      (reason, message, lastLines) = (failure.code.rawValue, failure.message, failure.lastLines)
    case .ended(.lost): message = run.lossWords
    case .backingOff(let until): message = "the next attempt begins at \(until)"
    case .stopping(let progress):
      message = "\(progress.kind.rawValue) \(progress.step.rawValue) since \(progress.since)"
    case .unconfirmed(let since): message = "since \(since) its end is not proven; nothing starts until it is"
    case .ended(.succeeded), .ended(.completed), .ended(.cancelled), .starting, .active: break
    }
  }
}

extension RunView.StageView {
  init(_ report: StageReport) {
    self.init(
      stage: report.stage.rawValue, startedAt: report.startedAt.description, endedAt: report.endedAt?.description,
      duration: elapsed(report.startedAt, report.endedAt))
  }
}

private func elapsed(_ start: Timestamp?, _ end: Timestamp?) -> String? {
  guard let start, let end else { return nil }
  return spanText(end - start)
}

extension ProcessExit {
  /// `exit 0`, `signal 15`.
  var sentence: String {
    switch self {
    case .code(let code): "exit \(code)"
    case .signal(let number): "signal \(number)"
    }
  }
}
