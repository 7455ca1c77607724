/// One version of a pipeline's state; versions are only ever added, so that any can be gone back to (law 10).
public struct StateVersion: Hashable, Codable, Sendable {
  public var pipeline: PipelineName
  public var origin: Origin
  public var at: Timestamp
  /// The document as the target printed it; absent means that the next run begins without one.
  public var text: String?

  /// Where a version came from; it is unique within a pipeline, so that recording it twice changes nothing.
  public enum Origin: Hashable, Codable, Sendable {
    case run(RunID, sequence: Int)
    /// Set by hand, at that instant.
    case command(Timestamp, reason: String?)
  }

  public init(pipeline: PipelineName, origin: Origin, at: Timestamp, text: String?) {
    self.pipeline = pipeline
    self.origin = origin
    self.at = at
    self.text = text
  }
}
