/// What becomes of one slot that passed while no controller ran.
public struct SlotSettlement: Hashable, Sendable {
  public let slot: Slot
  public let outcome: Outcome

  public enum Outcome: Hashable, Sendable {
    /// It is to be started now.
    case run
    /// The `missed` policy leaves it out.
    case skipped(SkipReason)
    /// It could have been started, and cannot any more.
    case missed(MissReason)
  }

  public enum SkipReason: String, Hashable, Sendable, CaseIterable {
    /// `missed: skip`.
    case policy
    /// Later slots take its place: `missed: run-once`, or more slots than `runAll` allows.
    case superseded
  }

  public enum MissReason: String, Hashable, Sendable, CaseIterable {
    /// `startDeadline` is over.
    case deadlinePassed
  }

  public init(slot: Slot, outcome: Outcome) {
    self.slot = slot
    self.outcome = outcome
  }
}
