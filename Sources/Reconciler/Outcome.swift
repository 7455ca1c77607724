internal import PipelineModel

/// What a policy decided about one pipeline.
struct Outcome {
  var operations: [Operation] = []
  var bookkeeping: [StateChange] = []
  var warnings: [PlanWarning] = []
  /// Absent: the policy has nothing to say, another one decides.
  var reason: Reason?
  var wakeAt: [Timestamp] = []

  static let nothing = Outcome()

  static func waiting(_ reason: Reason, noting bookkeeping: [StateChange] = [], until wakeAt: Timestamp? = nil)
    -> Outcome
  {
    Outcome(bookkeeping: bookkeeping, reason: reason, wakeAt: wakeAt.map { [$0] } ?? [])
  }

  static func doing(_ operations: [Operation], noting bookkeeping: [StateChange] = []) -> Outcome {
    Outcome(operations: operations, bookkeeping: bookkeeping, reason: .changes)
  }

  /// Both, in that order; operations outweigh a reason to wait, and the later reason the earlier.
  consuming func followed(by next: Outcome) -> Outcome {
    operations += next.operations
    bookkeeping += next.bookkeeping
    warnings += next.warnings
    wakeAt += next.wakeAt
    reason = operations.isEmpty ? next.reason ?? reason : .changes
    return self
  }
}
