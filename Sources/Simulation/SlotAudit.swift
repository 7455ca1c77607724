import PipelineModel
import Reconciler
import Scheduling

/// The slots of one pipeline, held to law 3 from outside.
///
/// Which slots there are follows from the schedule that was recorded, by the arithmetic of slots alone; what was recorded of them has to
/// name each of them once, and truly.
struct SlotAudit {
  private(set) var violations: [LawViolation] = []
  /// By instant; a record of many slots stands at each of them.
  private(set) var outcomes: [Timestamp: SlotRecord] = [:]
  private var waiting: Set<Timestamp> = []
  private let name: PipelineName
  private var pipeline: PipelineRecord?
  /// Slots after this instant are the recorded schedule's own.
  private var since = Timestamp(milliseconds: .min)
  private var settledUntil = Timestamp(milliseconds: .min)
  private var required: Set<Timestamp> = []

  init(_ name: PipelineName) {
    self.name = name
  }

  private var schedule: Schedule? {
    // An engine that holds the schedule has its own slots.
    guard let pipeline, !pipeline.isForgotten, !pipeline.applied.spec.work.isRemote,
      case .slots(let schedule) = pipeline.applied.spec.schedule
    else {
      return nil
    }
    return schedule
  }

  /// Whether a slot waits that came after that, and cancels what ran already.
  func makesRoom(after orderedAt: Timestamp) -> Bool {
    schedule?.overlap == .cancelRunning && waiting.contains { $0 > orderedAt }
  }

  /// The next slot that somebody has to be awake for.
  func nextWanted(after now: Timestamp) -> Timestamp? {
    guard let schedule, let zone = ZoneTable.simulated[schedule.timeZone], pipeline?.pause(at: now) == nil else {
      return nil
    }
    return nextSlot(after: max(now, settledUntil, since), of: schedule, in: zone)?.instant
  }

  private mutating func fail(_ message: String) {
    violations.append(LawViolation(law: 3, pipeline: name, message))
  }

  private func slots(after start: Timestamp, through end: Timestamp) -> [Timestamp] {
    guard let schedule, let zone = ZoneTable.simulated[schedule.timeZone], start < end else { return [] }
    let moment = TimeSpan(milliseconds: 1)
    return Scheduling.slots(of: schedule, in: zone, from: start + moment, to: end + moment, limit: 100_000)
      .map(\.instant)
  }

  // MARK: What is recorded

  /// A schedule that changes or goes has all its slots up to then.
  mutating func record(_ record: PipelineRecord, at now: Timestamp) {
    let before = (schedule, pipeline?.scheduledSince)
    let old = self
    pipeline = record
    guard before != (schedule, record.scheduledSince) else { return }
    required.formUnion(old.slots(after: old.since, through: now))
    if record.scheduledSince > now { fail("its schedule begins at \(record.scheduledSince), in the future") }
    since = max(record.scheduledSince, settledUntil, outcomes.keys.max() ?? since, waiting.max() ?? since)
  }

  mutating func record(_ slot: SlotRecord, _ engine: ModelEngines, at now: Timestamp) {
    let instants = slot.since.map { slots(after: max($0, since), through: slot.instant) } ?? [slot.instant]
    for instant in instants {
      if let known = outcomes[instant], known != slot {
        fail("slot \(instant) gets a second outcome: \(known.outcome), then \(slot.outcome)")
      }
      if !waiting.contains(instant), outcomes[instant] == nil, !isOwn(instant, at: now) {
        fail("\(instant), which gets the outcome \(slot.outcome), is no slot")
      }
      outcomes[instant] = slot
      waiting.remove(instant)
      if !isTrue(slot.outcome, of: instant, engine, at: now) {
        fail("slot \(instant) is recorded as \(slot.outcome) at \(now), and that is not so")
      }
    }
  }

  mutating func record(_ progress: ScheduleProgress, at now: Timestamp) {
    if progress.settledUntil < settledUntil {
      fail("its slots go back from \(settledUntil) to \(progress.settledUntil)")
    }
    for instant in progress.waiting {
      if outcomes[instant] != nil { fail("slot \(instant) waits, and has its outcome") }
      if !waiting.contains(instant), !isOwn(instant, at: now) { fail("\(instant), which waits, is no slot") }
    }
    let lost = waiting.subtracting(progress.waiting)
    if !lost.isEmpty { fail("slots \(lost.sorted()) wait no longer, and have no outcome") }
    settledUntil = progress.settledUntil
    waiting = Set(progress.waiting)
  }

  private func isOwn(_ instant: Timestamp, at now: Timestamp) -> Bool {
    guard let schedule, let zone = ZoneTable.simulated[schedule.timeZone], instant > since, instant <= now else {
      return false
    }
    return previousSlot(atOrBefore: instant, of: schedule, in: zone)?.instant == instant
  }

  // MARK: Whether it is so

  private func isTrue(_ outcome: SlotOutcome, of instant: Timestamp, _ engine: ModelEngines, at now: Timestamp) -> Bool
  {
    switch outcome {
    case .ran(let run):
      return outcomes.values.filter { $0.outcome == .ran(run) }.count == 1
        && pipeline?.pause(at: now) == nil && !isLate(instant, at: now)
    case .skipped(.policy): return schedule?.missed == .skip && instant + TimeSpan(seconds: 60) < now
    case .skipped(.superseded): return !slots(after: instant, through: now).isEmpty
    case .skipped(.paused): return wasPaused(at: instant, now)
    case .skipped(.overlap(let run?)): return engine.runs[run] != nil || run.number <= pipeline?.lastRunNumber ?? 0
    case .skipped(.overlap(nil)): return true
    case .skipped(.unscheduled): return schedule == nil || pipeline?.isForgotten != false || !waiting.contains(instant)
    case .missed(.deadlinePassed): return isLate(instant, at: now)
    case .cancelled(let run):
      return engine.runs[run].map { $0.status.outcome == .cancelled || $0.status.outcome == .lost } ?? true
    }
  }

  private func isLate(_ instant: Timestamp, at now: Timestamp) -> Bool {
    schedule.map { instant + $0.startDeadline < now } ?? false
  }

  private func wasPaused(at instant: Timestamp, _ now: Timestamp) -> Bool {
    guard let pipeline else { return false }
    return pipeline.pause(at: instant) != nil || pipeline.pause(at: now) != nil
      || pipeline.resumedAt.map { $0 >= instant } ?? false
  }

  // MARK: At the end

  mutating func close(at now: Timestamp) {
    required.formUnion(slots(after: since, through: now))
    let missing = required.subtracting(outcomes.keys).subtracting(waiting)
    if !missing.isEmpty { fail("slots without an outcome: \(missing.sorted())") }
    if !waiting.isEmpty { fail("slots that still wait: \(waiting.sorted())") }
  }
}
