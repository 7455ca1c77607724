public import PipelineModel

/// Notices that the time of day jumped, by a clock that goes on evenly and stands still while the machine sleeps.
public struct ClockWatch: Sendable {
  private var offset: TimeSpan?

  /// What a clock is put right by all the time, and what may pass between looking at the one clock and at the other, is no jump.
  public static let tolerance = TimeSpan(seconds: 5)

  public init() {}

  /// - Parameter elapsed: what the even clock shows.
  /// - Returns: by how much the time of day jumped since it was last looked, ahead or back; nothing where it did not.
  public mutating func look(wall: Timestamp, elapsed: TimeSpan) -> TimeSpan? {
    let now = TimeSpan(milliseconds: wall.milliseconds - elapsed.milliseconds)
    let before = offset ?? now
    offset = now
    let jump = TimeSpan(milliseconds: now.milliseconds - before.milliseconds)
    return abs(jump.milliseconds) > Self.tolerance.milliseconds ? jump : nil
  }
}
