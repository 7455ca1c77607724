internal import PipelineModel
internal import Scheduling

/// What became of a pipeline's slots up to now: their outcomes, and those that are to run as soon as they can.
struct SettledSlots {
  var progress: ScheduleProgress
  var outcomes: [SlotRecord] = []
  /// Absent where nothing new was found.
  private(set) var bookkeeping: [StateChange] = []

  /// A slot that is looked at within this time of its instant is on time: `missed` is about later ones.
  static let punctuality = TimeSpan(seconds: 60)

  /// Settles what the record's own schedule asked for, up to and including `now`.
  ///
  /// Slots of a pause are not caught up; what waits too long is missed; the rest follows `missed` and `overlap`.
  init(_ situation: Situation, _ record: PipelineRecord) {
    let known = situation.progress
    let since = max(known?.settledUntil ?? record.scheduledSince, record.scheduledSince)
    progress = ScheduleProgress(
      pipeline: record.name, settledUntil: since, waiting: known?.waiting ?? [], ran: known?.ran)
    guard !record.isForgotten, case .slots(let schedule) = record.applied.spec.schedule else {
      drop(progress.waiting, as: .skipped(.unscheduled), at: situation.now)
      note(known)
      return
    }
    giveUpWaiting(record, schedule, at: situation.now)
    // Without the zone's rules nothing is known of new slots, and nothing follows (law 7).
    if let zone = situation.zones[schedule.timeZone] { settlePassed(situation, record, schedule, zone) }
    note(known)
  }

  /// Those that wait already: a pause takes them away, and so does the deadline.
  private mutating func giveUpWaiting(_ record: PipelineRecord, _ schedule: Schedule, at now: Timestamp) {
    if record.pause(at: now) != nil { return drop(progress.waiting, as: .skipped(.paused), at: now) }
    let late = progress.waiting.filter { $0 + schedule.startDeadline < now }
    drop(late, as: .missed(.deadlinePassed), at: now)
  }

  private mutating func drop(_ instants: [Timestamp], as outcome: SlotOutcome, at now: Timestamp) {
    progress.waiting.removeAll { instants.contains($0) }
    settle(instants, as: outcome, at: now)
  }

  private mutating func settle(_ instants: [Timestamp], as outcome: SlotOutcome, at now: Timestamp) {
    for instant in instants { settle(instant, as: outcome, at: now) }
  }

  private mutating func settle(
    _ instant: Timestamp, since: Timestamp? = nil, as outcome: SlotOutcome, at now: Timestamp
  ) {
    outcomes.append(
      SlotRecord(pipeline: progress.pipeline, instant: instant, since: since, outcome: outcome, decidedAt: now))
  }

  /// Gives an outcome to every slot that came since it was last looked, but for those that are to run: they get in line. Those that have run
  /// already have theirs.
  private mutating func settlePassed(
    _ situation: Situation, _ record: PipelineRecord, _ schedule: Schedule, _ zone: ZoneRules
  ) {
    let since = progress.settledUntil
    guard situation.now > since else { return }
    let passed = settleMissed(
      since: since, now: situation.now, schedule: schedule, zone: zone, punctuality: Self.punctuality)
    guard let first = passed.settlements.first, let latest = passed.settlements.last else { return }
    let taken = progress.ran ?? []
    if passed.older != .exactly(0) {
      settleOlder(than: first.slot.instant, since: since, besides: taken, schedule, zone, at: situation.now)
    }
    progress.settledUntil = latest.slot.instant
    if taken.allSatisfy({ $0 <= progress.settledUntil }) { progress.ran = nil }
    var due: [Timestamp] = []
    for settlement in passed.settlements where !taken.contains(settlement.slot.instant) {
      if let outcome = situation.outcomeWithoutRun(of: settlement, record) {
        settle(settlement.slot.instant, as: outcome, at: situation.now)
      } else {
        due.append(settlement.slot.instant)
      }
    }
    getInLine(due, behind: situation.activeRun, schedule.overlap, at: situation.now)
  }

  /// One record for all that are too many to be settled one by one; none of them runs, and around those that have run there are several.
  private mutating func settleOlder(
    than first: Timestamp, since: Timestamp, besides taken: [Timestamp], _ schedule: Schedule, _ zone: ZoneRules,
    at now: Timestamp
  ) {
    let outcome = SlotOutcome.skipped(schedule.missed == .skip ? .policy : .superseded)
    var start = since
    for end in taken.filter({ since < $0 && $0 < first }) + [first] {
      let last = previousSlot(atOrBefore: end - TimeSpan(milliseconds: 1), of: schedule, in: zone)
      if let last, last.instant > start { settle(last.instant, since: start, as: outcome, at: now) }
      start = end
    }
  }

  /// Where nothing is in the way they wait for their turns, as `runAll` asks; `overlap` is about those that come while a run is active
  /// or others wait.
  private mutating func getInLine(
    _ due: [Timestamp], behind run: RunRecord?, _ overlap: OverlapPolicy, at now: Timestamp
  ) {
    guard let latest = due.last else { return }
    guard run != nil || !progress.waiting.isEmpty else {
      progress.waiting = due
      return
    }
    switch overlap {
    case .skip: settle(due, as: .skipped(.overlap(run?.id)), at: now)
    case .queue where progress.waiting.isEmpty:
      progress.waiting = [due[0]]
      settle(Array(due.dropFirst()), as: .skipped(.overlap(run?.id)), at: now)
    case .queue: settle(due, as: .skipped(.overlap(run?.id)), at: now)
    case .cancelRunning:
      settle(progress.waiting + due.dropLast(), as: .skipped(.superseded), at: now)
      progress.waiting = [latest]
    }
  }

  private mutating func note(_ known: ScheduleProgress?) {
    bookkeeping = outcomes.map { .putSlot($0) }
    if known.map({ $0 != progress }) ?? !outcomes.isEmpty || known == nil && !progress.waiting.isEmpty {
      bookkeeping.append(.putSchedule(progress))
    }
  }
}

extension Situation {
  /// What becomes of a slot that is not to run; nil where it is.
  fileprivate func outcomeWithoutRun(of settlement: SlotSettlement, _ record: PipelineRecord) -> SlotOutcome? {
    let instant = settlement.slot.instant
    if record.wasPaused(at: instant) { return .skipped(.paused) }
    return switch settlement.outcome {
    case .run: cancelledRun(at: instant).map { .cancelled(with: $0) }
    case .skipped(.policy): .skipped(.policy)
    case .skipped(.superseded): .skipped(.superseded)
    case .missed(.deadlinePassed): .missed(.deadlinePassed)
    }
  }

  /// The run behind which the slot at that instant queued up unseen, and that was cancelled: a cancel is followed by no catch-up.
  fileprivate func cancelledRun(at instant: Timestamp) -> RunID? {
    guard let run = latestRun, run.report.status == .ended(.cancelled), run.orderedAt <= instant,
      instant <= run.report.endedAt ?? run.observedAt
    else { return nil }
    return run.id
  }
}

extension PipelineRecord {
  /// Whether the slot at that instant is not to run because of a pause that holds, held until then, or was ended after it.
  fileprivate func wasPaused(at instant: Timestamp) -> Bool {
    if let resumedAt, instant <= resumedAt { return true }
    return pause(at: instant) != nil
  }
}
