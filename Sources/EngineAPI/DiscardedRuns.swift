public import PipelineModel

/// What became of runs that an engine was to keep no longer.
public struct DiscardedRuns: Hashable, Sendable {
  /// Nothing of these is left.
  public var gone: [RunID]
  /// What of these is left could not be removed, and why.
  public var left: [Left]

  public struct Left: Hashable, Sendable {
    public var run: RunID
    public var reason: String

    public init(run: RunID, reason: String) {
      self.run = run
      self.reason = reason
    }
  }

  public init(gone: [RunID], left: [Left] = []) {
    self.gone = gone
    self.left = left
  }
}
