import PipelineModel

extension PipelineFacts {
  /// Everything that bears on what the pipeline does next, the most pressing first.
  var whyFacts: [WhyView.Fact] {
    [engineFact, intentFact, lifecycleFact, activeFact].compactMap(\.self) + pending.map(fact)
      + [pauseFact, expiredOverrideFact, slotFact, historyFact, lastRunFact].compactMap(\.self)
  }

  private var engineFact: WhyView.Fact? {
    guard let unavailable else { return nil }
    return WhyView.Fact(
      type: "EngineUnavailable",
      message: "engine `\(record.applied.spec.engine.name)` could not be read, so nothing is done: \(unavailable)",
      at: now.description, help: "`pipectl doctor` looks closer; a request stays pending meanwhile")
  }

  private var intentFact: WhyView.Fact? {
    guard let openIntent else { return nil }
    return WhyView.Fact(
      type: "IntentOpen", message: "\(openIntent.id) was begun, and its outcome is not recorded yet",
      at: openIntent.recordedAt.description, help: "the next command that acts reads it back before anything else")
  }

  private var lifecycleFact: WhyView.Fact? {
    switch record.lifecycle {
    case .managed: nil
    case .orphaned(let since):
      WhyView.Fact(
        type: "Orphaned", message: "its manifest is gone from \(record.applied.sourceSet); it is left as it was",
        at: since.description, help: "`pipectl apply --prune` or `pipectl delete \(record.name)` lets it go")
    case .forgotten(let at):
      WhyView.Fact(
        type: "Forgotten", message: "it was let go; history, states and requests stay", at: at.description,
        help: "applying its manifest again brings it back")
    }
  }

  private var activeFact: WhyView.Fact? {
    guard let activeRun else { return nil }
    let view = RunView(activeRun)
    let detail = view.status.message.map { ": \($0)" } ?? ""
    return WhyView.Fact(
      type: "RunActive", message: "\(activeRun.id) is active (\(view.status.phase))\(detail)",
      at: view.status.startedAt,
      place: jobPlace(of: activeRun),
      help: "`pipectl logs -f \(activeRun.id)` follows it, `pipectl stop \(record.name)` ends it")
  }

  /// What a run came from names the manifest's field that asked for it.
  private func jobPlace(of run: RunRecord) -> String? {
    switch run.order.trigger {
    case .request(let id) where record.applied.spec.job?.request == id: "job"
    case .slot: "schedule"
    case .request, .external: nil
    }
  }

  private func fact(_ request: RequestRecord) -> WhyView.Fact {
    let expiry = request.job.expireAfter.map { "; it expires at \(request.recordedAt + $0)" } ?? ""
    return WhyView.Fact(
      type: "RequestPending",
      message:
        "request `\(request.key.request)` (\(request.job.action.verb)) by \(request.origin.name) is \(request.state.sentence)\(expiry)",
      at: request.recordedAt.description, place: request.origin == .manifest ? "job" : nil,
      help: request.state.run == nil ? "the next `pipectl apply` or `pipectl start` acts on it" : nil)
  }

  private var pauseFact: WhyView.Fact? {
    guard let pause else { return nil }
    let override = record.override.flatMap { record.isInForce($0, at: now) ? $0 : nil }
    return WhyView.Fact(
      type: "Paused", message: "paused\(pause.suffix); no slot starts a run, `pipectl start` still does",
      at: (override?.since ?? record.appliedAt).description, place: override == nil ? "paused" : nil,
      help: override == nil
        ? "change `paused` in its manifest, or `pipectl resume \(record.name)`"
        : "`pipectl pause \(record.name) --remove` lets the manifest's value hold again")
  }

  /// A resume by command beside a manifest that says paused is worth a line too.
  private var expiredOverrideFact: WhyView.Fact? {
    guard let override = record.override, pause == nil else { return nil }
    guard record.isInForce(override, at: now) else {
      return WhyView.Fact(
        type: "OverrideExpired", message: "an override by \(override.by) has expired; the manifest's value holds",
        at: override.until?.description)
    }
    return WhyView.Fact(
      type: "Resumed",
      message: "resumed by \(override.by), whatever its manifest says" + (override.reason.map { ": \($0)" } ?? ""),
      at: override.since.description,
      help: "`pipectl resume \(record.name) --remove` lets the manifest's value hold again")
  }

  private var slotFact: WhyView.Fact? {
    guard let schedule = record.applied.spec.schedule.slots.map(SpecView.ScheduleView.init) else {
      return WhyView.Fact(
        type: "NoSchedule", message: "it has no schedule: only requests start it", place: "schedule",
        help: "`pipectl start \(record.name)` starts it now")
    }
    guard let nextSlot else {
      return pause == nil
        ? WhyView.Fact(type: "NoSlot", message: "schedule \(schedule.sentence) never comes again", place: "schedule")
        : nil
    }
    let local = nextSlot.local.map { " (\($0) \(nextSlot.timeZone))" } ?? ""
    return WhyView.Fact(
      type: "NextSlot", message: "its next slot\(local) is not started by itself: no controller is running",
      at: nextSlot.at, place: "schedule", help: "`pipectl start \(record.name)` starts it now")
  }

  private var historyFact: WhyView.Fact? {
    guard record.isHistoryPending else { return nil }
    return WhyView.Fact(
      type: "HistoryPending",
      message: "a historical run was cut: the next run, however started, begins the history again",
      at: lastEnded?.report.endedAt?.description,
      help: "`pipectl start \(record.name) --mode incremental` goes on from the old states instead")
  }

  private var lastRunFact: WhyView.Fact? {
    guard let lastEnded, let last = PipelineView.LastRun(lastEnded) else {
      return WhyView.Fact(type: "NeverRun", message: "no run of it has ended yet")
    }
    let isGood = lastEnded.report.status.outcome?.isGood ?? false
    return WhyView.Fact(
      type: "LastRun", message: "\(last.id) \(last.outcome)" + (last.reason.map { " (\($0))" } ?? ""), at: last.endedAt,
      place: jobPlace(of: lastEnded),
      help: isGood ? nil : "`pipectl describe run \(last.id)` and `pipectl logs \(last.id)` tell more")
  }
}
