/// The slots of a time without a controller, settled.
public struct MissedSlots: Hashable, Sendable {
  /// The latest ones, oldest first.
  public let settlements: [SlotSettlement]
  /// Those before the first settlement; none of them runs.
  public let older: SlotCount

  public init(settlements: [SlotSettlement], older: SlotCount) {
    self.settlements = settlements
    self.older = older
  }

  /// How many slots there were; counting stops somewhere.
  public enum SlotCount: Hashable, Sendable {
    case exactly(Int)
    case atLeast(Int)
  }
}
