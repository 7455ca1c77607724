public import PipelineModel

/// Time and chance, given by whoever builds an engine.
public protocol Pacing: Sendable {
  func now() -> Timestamp
  /// Returns early only where the task is cancelled.
  func pause(_ span: TimeSpan) async
  /// 0 up to 1.
  func chance() -> Double
}
