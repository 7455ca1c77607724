public import PipelineModel

/// A kind of service of somebody else's, by what it tells and what it promises.
public enum ServiceKind: String, Hashable, Sendable, CaseIterable {
  /// Tells of no job before it has ended, and then of the last one of a unit alone; stops whatever a unit is running; loads after it
  /// has extracted; allows few calls of its lists.
  case stitch
  /// Answers a start without a name, and lists its job later; a conflict may look like a failure; what guards integrity runs to its
  /// end before a cancel takes; starts nothing while a unit is paused.
  case hevo
  /// Runs one job at a time altogether; a stop means what the job's stage makes of it.
  case migrator

  public var engine: EngineName { EngineName(rawValue) }

  /// Whether it holds a schedule and a pause of its own for each unit.
  public var holdsDefinitions: Bool {
    switch self {
    case .stitch, .hevo: true
    case .migrator: false
    }
  }

  /// Whether one job of one unit keeps all others from running.
  var isExclusive: Bool {
    switch self {
    case .stitch, .hevo: false
    case .migrator: true
    }
  }

  var startsWhilePaused: Bool {
    switch self {
    case .stitch, .migrator: true
    case .hevo: false
    }
  }

  /// Which modes its jobs have; the usual one first.
  var modes: [RunMode] {
    switch self {
    case .stitch: [.incremental]
    case .hevo: [.incremental, .historical]
    case .migrator: [.snapshot, .continuous]
    }
  }

  /// How long a start whose answer was lost may still turn out to have been taken.
  var window: TimeSpan {
    switch self {
    case .stitch, .hevo: TimeSpan(seconds: 60)
    case .migrator: TimeSpan(seconds: 0)
    }
  }

  /// The unit of a pipeline, as a manifest names it.
  static func unit(of pipeline: PipelineName) -> String { "unit of \(pipeline)" }
}
