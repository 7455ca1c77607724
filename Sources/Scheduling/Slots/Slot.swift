public import PipelineModel

/// A scheduled instant of a pipeline.
public struct Slot: Hashable, Sendable {
  public let instant: Timestamp
  /// What a transition of the zone did to this slot; nil for nearly all of them.
  public let mark: SlotMark?

  public init(instant: Timestamp, mark: SlotMark? = nil) {
    self.instant = instant
    self.mark = mark
  }
}
