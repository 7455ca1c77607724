public import PipelineModel

/// A run as it really is, whatever anybody knows of it.
public struct ModelRun: Hashable, Sendable {
  public var order: StartOrder
  public var attempt: Int
  public var startedAt: Timestamp
  public var endedAt: Timestamp?
  public var status: RunStatus
  public var confirmed: [ConfirmedState] = []
  public var isForeign: Bool
  /// What the supervisor was told, whether or not it came to anything.
  public var stopsAsked: [StopKind] = []
  /// What is still to come, by time.
  var future: [Moment] = []

  struct Moment: Hashable, Sendable {
    var at: Timestamp
    var step: Step
  }

  enum Step: Hashable, Sendable {
    case reach(RunStatus)
    case confirm
  }

  public var isActive: Bool { !status.isEnded }
  var isCommand: Bool { order.spec.work.commandJob != nil }
  var canCompleteCommand: Bool { order.spec.work.commandJob?.capabilities.canComplete == true }

  /// Lives on until an instant.
  mutating func advance(to now: Timestamp) {
    while let moment = future.first, moment.at <= now {
      future.removeFirst()
      switch moment.step {
      case .reach(let status):
        self.status = status
        guard status.isEnded else { continue }
        endedAt = moment.at
        future = []
      case .confirm:
        let sequence = confirmed.count + 1
        confirmed.append(
          ConfirmedState(sequence: sequence, at: moment.at, text: "{\"run\":\"\(order.run)\",\"n\":\(sequence)}"))
      }
    }
  }

  var report: RunReport {
    RunReport(
      run: order.run, status: status, attempt: attempt, startedAt: startedAt, endedAt: endedAt,
      confirmedStates: confirmed,
      catalog: status.outcome?.isGood == true && order.refreshSchema ? "catalog of \(order.run)" : nil, order: order)
  }
}
