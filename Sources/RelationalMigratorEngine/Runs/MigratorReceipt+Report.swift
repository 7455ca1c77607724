internal import EngineHTTP
internal import PipelineModel

extension MigratorReceipt {
  /// - Parameter standing: of its job, where it is open and was seen.
  func telling(_ standing: MigratorStanding?, at now: Timestamp, _ patience: MigratorPatience) -> RunTelling {
    if let end { return .report(report(.ended(end.outcome))) }
    switch standing {
    case nil: return unreadable(wordsForUnknown)
    case .unclear(let reason): return unreadable(reason)
    case .active(let stage):
      return .report(report(stop.map { stopping($0, .delivered, now, patience) } ?? .active(stage)))
    case .ending(let kind):
      let stop = stop ?? Stop(kind: kind, askedAt: now)
      return .report(report(stopping(stop, .terminating, now, patience)))
    case .cleaningUp:
      return .report(report(stop.map { stopping($0, .terminating, now, patience) } ?? .active(latestStage)))
    case .unverified, .ended: return .report(report(.active(.verify)))
    }
  }

  func unreadable(_ reason: String) -> RunTelling { .unreadable(UnreadableRun(run: run, reason: reason)) }

  private func stopping(
    _ stop: Stop, _ step: StopStep, _ now: Timestamp, _ patience: MigratorPatience
  ) -> RunStatus {
    if now - stop.askedAt >= patience.stop { return .unconfirmed(since: stop.askedAt + patience.stop) }
    return .stopping(StopProgress(kind: stop.kind, step: step, since: stop.askedAt))
  }

  private func report(_ status: RunStatus) -> RunReport {
    var report = RunReport(
      run: run, status: status, attempt: order.attempt, startedAt: snapshotAt, endedAt: end?.at, stages: stages,
      conditions: end?.conditions ?? [])
    report.order = order
    return report
  }

  private var latestStage: Stage { changeCaptureAt == nil ? .snapshot : .cdc }

  private var stages: [StageReport] {
    guard let snapshotAt else { return [] }
    let snapshot = StageReport(stage: .snapshot, startedAt: snapshotAt, endedAt: changeCaptureAt ?? end?.at)
    guard let changeCaptureAt else { return [snapshot] }
    return [snapshot, StageReport(stage: .cdc, startedAt: changeCaptureAt, endedAt: end?.at)]
  }
}
