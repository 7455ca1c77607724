public import PipelineModel

/// The slots of a schedule in a zone, as a value that computes them one by one.
///
/// A slot of `every` is the anchor plus a whole number of steps of elapsed time; zones mean nothing to it.
///
/// A slot of a cron expression is an instant at which the zone's clocks show a wall time that the expression matches. Around a
/// transition two kinds of expression differ:
///
/// - *Fixed hours* (`30 2 * * *`, `0 9-17 * * *`): people mean "once at that time". A time that the clocks jump over is at the
///   first instant after the jump, all such times of one jump together (`gap: shift`), or does not happen (`gap: skip`). A time
///   that comes twice counts the first time, the second time or both times (`fold`).
/// - *Any hour* (the hour field starts with `*`: `*/15 * * * *`, `0 */2 * * *`, `@hourly`): people mean "every so often", so they follow
///   elapsed time. A time that comes twice counts twice, whatever `fold` says. A time that the clocks jump over comes as
///   much later as the clocks jumped, so no hour stays empty; with `gap: skip` it does not happen.
///
/// One instant is one slot: a shifted slot that meets another one disappears in it. There are cron slots in the years 1 to
/// 9999, and a search ends 41 years from where it starts, which is longer than the longest wait.
public struct SlotSequence: Hashable, Sendable {
  public let schedule: Schedule
  public let zone: ZoneRules

  /// `zone` is what `schedule.timeZone` names; nobody else compares the two.
  public init(of schedule: Schedule, in zone: ZoneRules) {
    self.schedule = schedule
    self.zone = zone
  }

  /// The first slot strictly after an instant.
  public func next(after instant: Timestamp) -> Slot? {
    switch schedule.cadence {
    case .cron(let cron):
      CronWalker(cron, in: zone, policy: schedule.transitions).next(from: instant.seconds + 1)
    case .every(let step, let anchor):
      IntervalWalker(step, anchor: anchor)?.next(after: instant)
    }
  }

  /// The last slot at or before an instant.
  public func previous(atOrBefore instant: Timestamp) -> Slot? {
    switch schedule.cadence {
    case .cron(let cron):
      CronWalker(cron, in: zone, policy: schedule.transitions).previous(through: instant.seconds)
    case .every(let step, let anchor):
      IntervalWalker(step, anchor: anchor)?.previous(atOrBefore: instant)
    }
  }
}

/// The first slot strictly after an instant; nil where there is none.
public func nextSlot(after instant: Timestamp, of schedule: Schedule, in zone: ZoneRules) -> Slot? {
  SlotSequence(of: schedule, in: zone).next(after: instant)
}

/// The last slot at or before an instant; nil where there is none.
public func previousSlot(atOrBefore instant: Timestamp, of schedule: Schedule, in zone: ZoneRules) -> Slot? {
  SlotSequence(of: schedule, in: zone).previous(atOrBefore: instant)
}

/// The first `limit` slots in `start..<end`, ascending.
public func slots(
  of schedule: Schedule, in zone: ZoneRules, from start: Timestamp, to end: Timestamp, limit: Int
) -> [Slot] {
  let sequence = SlotSequence(of: schedule, in: zone)
  var found: [Slot] = []
  guard start.milliseconds > .min else { return found }
  var cursor = Timestamp(milliseconds: start.milliseconds - 1)
  while found.count < limit, let slot = sequence.next(after: cursor), slot.instant < end {
    found.append(slot)
    cursor = slot.instant
  }
  return found
}
