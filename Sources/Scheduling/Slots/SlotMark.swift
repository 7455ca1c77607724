public import PipelineModel

/// What a transition of the zone did to a slot.
public enum SlotMark: Hashable, Sendable {
  /// The clocks jump over this wall time, so the slot was moved; the earliest one where several moved to the same instant.
  case shifted(from: CivilTime)
  /// The wall time of the slot comes once more, later.
  case firstOfFold
  /// The wall time of the slot was there before.
  case secondOfFold
}
