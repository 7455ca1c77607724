/// How far a pipeline's slots have been decided.
public struct ScheduleProgress: Hashable, Codable, Sendable {
  public var pipeline: PipelineName
  /// Every slot up to and including this instant has its outcome, or waits. It never goes back, whatever the clock does.
  public var settledUntil: Timestamp
  /// Slots that are to run and could not yet, oldest first.
  public var waiting: [Timestamp]
  /// Later slots that have run all the same, oldest first: their runs were found, and an older memory did not know them. Absent for none.
  public var ran: [Timestamp]?

  public init(pipeline: PipelineName, settledUntil: Timestamp, waiting: [Timestamp] = [], ran: [Timestamp]? = nil) {
    self.pipeline = pipeline
    self.settledUntil = settledUntil
    self.waiting = waiting
    self.ran = ran
  }
}
