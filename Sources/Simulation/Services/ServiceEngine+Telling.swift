import PipelineModel

/// What an adapter says of a run.
enum ServiceTelling {
  case known(RunReport)
  case unknown(UnreadableRun)

  var report: RunReport? {
    if case .known(let report) = self { report } else { nil }
  }

  var unreadable: UnreadableRun? {
    if case .unknown(let run) = self { run } else { nil }
  }
}

extension ServiceEngine {
  /// Nil where silence says it best: its start may be sent again.
  func tell(_ receipt: ServiceReceipt) -> ServiceTelling? {
    if receipt.isRetired { return nil }
    guard let job = receipt.job.flatMap({ service.job($0) }) else { return tellUnbound(receipt) }
    var report = job.run.report
    report.run = receipt.run
    report.attempt = receipt.order.attempt
    report.order = receipt.order
    guard kind == .stitch else {
      report.status = listedStatus(receipt, job)
      return .known(report)
    }
    report.status = believedStatus(receipt)
    if receipt.end == nil { report.endedAt = nil }
    return .known(report)
  }

  private func tellUnbound(_ receipt: ServiceReceipt) -> ServiceTelling? {
    if let end = receipt.end {
      return .known(
        RunReport(run: receipt.run, status: .ended(end), attempt: receipt.order.attempt, order: receipt.order))
    }
    if mayBeAskedAgain(receipt) { return nil }
    return .unknown(UnreadableRun(run: receipt.run, reason: "whether its start was taken is not known yet"))
  }

  /// Whether a start whose answer was lost may be sent once more.
  func mayBeAskedAgain(_ receipt: ServiceReceipt) -> Bool {
    switch kind {
    case .stitch:
      receipt.job == nil && receipt.asks < 2 && !receipt.isUnwanted && now - receipt.askedAt <= kind.window
    case .hevo: receipt.job == nil && now - receipt.askedAt > kind.window
    case .migrator: receipt.job == nil
    }
  }

  /// From the list of jobs.
  private func listedStatus(_ receipt: ServiceReceipt, _ job: ServiceJob) -> RunStatus {
    guard case .active = job.run.status, let stop = receipt.stop else { return job.run.status }
    return .stopping(StopProgress(kind: .cancel, step: stop.isDelivered ? .delivered : .requested, since: stop.askedAt))
  }

  /// From nothing but what was kept.
  private func believedStatus(_ receipt: ServiceReceipt) -> RunStatus {
    if let end = receipt.end { return .ended(end) }
    // Nobody knows whether an undelivered one was heard: so whoever asked for it asks again.
    guard let stop = receipt.stop, stop.isDelivered || receipt.isExtracted else {
      return .active(receipt.isExtracted ? .load : .extract)
    }
    if !receipt.isExtracted, now - stop.askedAt >= TimeSpan(seconds: 600) {
      return .unconfirmed(since: stop.askedAt + TimeSpan(seconds: 600))
    }
    let step: StopStep = receipt.isExtracted ? .terminating : .delivered
    return .stopping(StopProgress(kind: .cancel, step: step, since: stop.askedAt))
  }
}
