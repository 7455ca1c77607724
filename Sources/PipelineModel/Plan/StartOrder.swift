/// Everything about a run that is to start; no choice is left to who executes it.
public struct StartOrder: Hashable, Codable, Sendable {
  public var run: RunID
  /// One-based; above 1 where a lost supervisor's run is tried again.
  public var attempt: Int
  public var trigger: RunTrigger
  public var mode: RunMode
  public var generation: Int
  @Boxed public var spec: PipelineSpec
  /// Whether the run begins with discovery.
  public var refreshSchema: Bool
  /// Bookmarks to leave out of the state that it begins with.
  public var staleBookmarks: BookmarkScope
  public var dropDestinationFirst: Bool
  public var reason: String?

  public init(
    run: RunID, attempt: Int = 1, trigger: RunTrigger, mode: RunMode, generation: Int, spec: PipelineSpec,
    refreshSchema: Bool, staleBookmarks: BookmarkScope = .streams([]), dropDestinationFirst: Bool = false,
    reason: String? = nil
  ) {
    self.run = run
    self.attempt = attempt
    self.trigger = trigger
    self.mode = mode
    self.generation = generation
    self.spec = spec
    self.refreshSchema = refreshSchema
    self.staleBookmarks = staleBookmarks
    self.dropDestinationFirst = dropDestinationFirst
    self.reason = reason
  }
}
