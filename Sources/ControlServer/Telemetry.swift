public import PipelineModel
public import StoreAPI

/// What the controller knows about its own work: fed by what is committed, read by `/metrics` and `/v1/events`.
public final class Telemetry: Sendable {
  /// - Parameter now: the time of day, for events.
  public init(now: @escaping @Sendable () -> Timestamp) {}

  /// A store that does what the given one does, and lets every commit be known; all of the controller's work goes through it.
  ///
  /// Loads what is recorded, once.
  public func watching(_ store: any ControlStore) throws(StoreError) -> any ControlStore { store }

  /// Counts one round of the loop.
  ///
  /// - Parameter result: its outcome in a word, `Done` when all went well.
  public func noteReconcile(took span: TimeSpan, result: String) {}

  /// Counts a run's slot that was not started; `lag` is told by the runs themselves.
  public func noteMissedSlot(of pipeline: PipelineName, reason: String) {}
}
