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
    progress = ScheduleProgress(pipeline: record.name, settledUntil: since, waiting: known?.waiting ?? [])
    guard !record.isForgotten, case .slots(let schedule) = record.applied.spec.schedule else {
      drop(progress.waiting, as: .skipped(.unscheduled), at: situation.now)
      note(known)
      return
    }
    giveUpWaiting(record, schedule, at: situation.now)
    // Without the zone's rules nothing is known of new slots, and nothing follows (law 7).
    if let zone = situation.zones[schedule.timeZone] { settle(situation, record, schedule, zone) }
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
    for instant in instants { settle(instant, as: outcome, at: now) }
  }

  private mutating func settle(
    _ instant: Timestamp, since: Timestamp? = nil, as outcome: SlotOutcome, at now: Timestamp
  ) {
    outcomes.append(
      SlotRecord(pipeline: progress.pipeline, instant: instant, since: since, outcome: outcome, decidedAt: now))
  }

  private mutating func settle(
    _ situation: Situation, _ record: PipelineRecord, _ schedule: Schedule, _ zone: ZoneRules
  ) {
    let since = progress.settledUntil
    guard situation.now > since else { return }
    let passed = settleMissed(
      since: since, now: situation.now, schedule: schedule, zone: zone, punctuality: Self.punctuality)
    guard let latest = passed.settlements.last else { return }
    if passed.older != .exactly(0), let first = passed.settlements.first,
      let older = previousSlot(atOrBefore: first.slot.instant - TimeSpan(milliseconds: 1), of: schedule, in: zone)
    {
      settle(
        older.instant, since: since, as: .skipped(schedule.missed == .skip ? .policy : .superseded), at: situation.now)
    }
    progress.settledUntil = latest.slot.instant
    var due: [Timestamp] = []
    for settlement in passed.settlements {
      let instant = settlement.slot.instant
      if record.wasPaused(at: instant) {
        settle(instant, as: .skipped(.paused), at: situation.now)
        continue
      }
      switch settlement.outcome {
      case .run:
        if let run = situation.cancelledRun(at: instant) {
          settle(instant, as: .cancelled(with: run), at: situation.now)
        } else {
          due.append(instant)
        }
      case .skipped(.policy): settle(instant, as: .skipped(.policy), at: situation.now)
      case .skipped(.superseded): settle(instant, as: .skipped(.superseded), at: situation.now)
      case .missed(.deadlinePassed): settle(instant, as: .missed(.deadlinePassed), at: situation.now)
      }
    }
    queue(due, behind: situation.activeRun, schedule.overlap, at: situation.now)
  }

  /// At most one slot waits behind a run; those that nobody was there to start wait in line, as `runAll` asks.
  private mutating func queue(
    _ due: [Timestamp], behind run: RunRecord?, _ overlap: OverlapPolicy, at now: Timestamp
  ) {
    guard run != nil || !progress.waiting.isEmpty else {
      progress.waiting = due
      return
    }
    var due = due
    switch overlap {
    case .skip: break
    case .queue, .cancelRunning:
      if progress.waiting.isEmpty, !due.isEmpty { progress.waiting = [due.removeFirst()] }
    }
    for instant in due { settle(instant, as: .skipped(.overlap(run?.id)), at: now) }
  }

  private mutating func note(_ known: ScheduleProgress?) {
    bookkeeping = outcomes.map { .putSlot($0) }
    if known.map({ $0 != progress }) ?? !outcomes.isEmpty || known == nil && !progress.waiting.isEmpty {
      bookkeeping.append(.putSchedule(progress))
    }
  }
}

extension Situation {
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
