import PipelineModel

/// Walks the instants `anchor + n × step`, n any whole number, also a negative one.
struct IntervalWalker {
  let step: Int64
  let anchor: Int64

  /// Nil where the step is not positive: no slots then.
  init?(_ step: TimeSpan, anchor: Timestamp?) {
    guard step.milliseconds > 0 else { return nil }
    self.step = step.milliseconds
    self.anchor = anchor?.milliseconds ?? 0
  }

  func next(after instant: Timestamp) -> Slot? {
    guard let previous = previous(atOrBefore: instant) else { return nil }
    let (next, overflow) = previous.instant.milliseconds.addingReportingOverflow(step)
    return overflow ? nil : Slot(instant: Timestamp(milliseconds: next))
  }

  func previous(atOrBefore instant: Timestamp) -> Slot? {
    let (distance, tooFar) = instant.milliseconds.subtractingReportingOverflow(anchor)
    guard !tooFar else { return nil }
    let (slot, overflow) = instant.milliseconds.subtractingReportingOverflow(distance.modulo(step))
    return overflow ? nil : Slot(instant: Timestamp(milliseconds: slot))
  }
}
