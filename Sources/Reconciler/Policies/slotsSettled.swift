public import PipelineModel

/// What has to be noted of slots before operations that somebody else planned: a schedule that is changed or let go by one of them
/// first has all its slots up to now settled (law 3).
public func slotsSettled(
  before operations: [Operation], desired: DesiredState, observed: ObservedState, now: Timestamp
) -> [StateChange] {
  let ending = operations.filter { operation in
    switch operation.effect {
    case .configure, .forget: true
    case .start, .stop, .write, .settle: false
    }
  }
  guard !ending.isEmpty else { return [] }
  let facts = Facts(
    scope: ending.map(\.pipeline), desired: desired, observed: observed, openIntents: [], ledger: [],
    firesSlots: false, now: now)
  return facts.situations.flatMap { situation -> [StateChange] in
    guard let record = situation.record, !record.isForgotten, !record.applied.spec.work.isRemote,
      ending.contains(where: { $0.pipeline == situation.name && $0.effect.ends(record.applied.spec.schedule) })
    else { return [] }
    return SettledSlots(situation, record).bookkeeping
  }
}

extension Effect {
  /// Whether the slots of that schedule come to an end with it.
  fileprivate func ends(_ schedule: ScheduleSetting) -> Bool {
    switch self {
    case .configure(let configuration): configuration.desired.spec.schedule != schedule
    case .forget: true
    case .start, .stop, .write, .settle: false
    }
  }
}
