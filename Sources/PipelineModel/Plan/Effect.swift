/// What an operation does.
public indirect enum Effect: Hashable, Codable, Sendable {
  /// Records what the manifests want, as a new generation where the spec changed.
  case configure(Configuration)
  case start(StartOrder)
  case stop(StopOrder)
  /// Writes what is declared of an object that an engine holds.
  case write(SettingsOrder)
  /// Lets a pipeline go; its history, states and requests stay.
  case forget(PipelineName)
  /// Records the result of a request that needs no effect.
  case settle(RequestRecord)

  /// Whether an engine is called; the others are done with the transaction that records them.
  public var callsEngine: Bool {
    switch self {
    case .start, .stop, .write: true
    case .configure, .forget, .settle: false
    }
  }

  /// The run that it starts or stops.
  public var run: RunID? {
    switch self {
    case .start(let order): order.run
    case .stop(let order): order.run
    case .write, .configure, .forget, .settle: nil
    }
  }
}

/// The recording of a desired pipeline.
public struct Configuration: Hashable, Codable, Sendable {
  public var verb: Verb
  public var desired: DesiredPipeline
  public var generation: Int
  /// Bookmarks that the change makes useless, besides those already stale.
  public var staleBookmarks: BookmarkScope
  public var needsDiscovery: Bool

  public enum Verb: String, Hashable, Codable, Sendable {
    case create
    case update
    case pause
    case resume
    case setSchedule = "set-schedule"
    /// Takes over a pipeline that another source set had recorded, or that had been let go.
    case adopt
  }

  public init(
    verb: Verb, desired: DesiredPipeline, generation: Int, staleBookmarks: BookmarkScope = .streams([]),
    needsDiscovery: Bool
  ) {
    self.verb = verb
    self.desired = desired
    self.generation = generation
    self.staleBookmarks = staleBookmarks
    self.needsDiscovery = needsDiscovery
  }
}
