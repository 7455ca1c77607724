/// How far a pipeline's slots have been decided.
public struct ScheduleProgress: Hashable, Codable, Sendable {
  public var pipeline: PipelineName
  /// Every slot up to and including this instant has its outcome, or waits. It never goes back, whatever the clock does.
  public var settledUntil: Timestamp
  /// Slots that are to run and could not yet, oldest first.
  public var waiting: [Timestamp]

  public init(pipeline: PipelineName, settledUntil: Timestamp, waiting: [Timestamp] = []) {
    self.pipeline = pipeline
    self.settledUntil = settledUntil
    self.waiting = waiting
  }
}
