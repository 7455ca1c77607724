/// What would be done, and why.
public struct Plan: Hashable, Codable, Sendable {
  public var basis: Basis
  /// In the order of execution.
  public var operations: [Operation]
  /// One for every pipeline in scope, sorted by name.
  public var decisions: [Decision]
  /// What is noted without any effect: pending requests, orphans.
  public var bookkeeping: [StateChange]
  public var warnings: [PlanWarning]
  /// The next instant at which the answer may be another one; absent: only an event changes it.
  public var wakeAt: Timestamp?

  /// The versions that the plan was computed from.
  public struct Basis: Hashable, Codable, Sendable {
    public var generations: [GenerationBasis]
    public var revisions: [RevisionBasis]

    public init(generations: [GenerationBasis], revisions: [RevisionBasis]) {
      self.generations = generations
      self.revisions = revisions
    }
  }

  public struct GenerationBasis: Hashable, Codable, Sendable {
    public var pipeline: PipelineName
    public var generation: Int

    public init(pipeline: PipelineName, generation: Int) {
      self.pipeline = pipeline
      self.generation = generation
    }
  }

  public struct RevisionBasis: Hashable, Codable, Sendable {
    public var engine: EngineName
    /// Absent: the engine was unavailable.
    public var revision: Revision?

    public init(engine: EngineName, revision: Revision?) {
      self.engine = engine
      self.revision = revision
    }
  }

  public init(
    basis: Basis, operations: [Operation] = [], decisions: [Decision] = [], bookkeeping: [StateChange] = [],
    warnings: [PlanWarning] = [], wakeAt: Timestamp? = nil
  ) {
    self.basis = basis
    self.operations = operations
    self.decisions = decisions
    self.bookkeeping = bookkeeping
    self.warnings = warnings
    self.wakeAt = wakeAt
  }

  /// What has to be agreed to, in the order of the operations.
  public var consents: [(Operation, Consent)] {
    operations.compactMap { operation in operation.dataEffect.consent.map { (operation, $0) } }
  }
}

/// Something the reader of a plan should know before agreeing to it.
public enum PlanWarning: Hashable, Codable, Sendable {
  case newLedger(requests: Int)
  /// The id was used before, for something else: nothing is done.
  case requestReused(RequestKey, recorded: String, now: String)
  /// A pipeline with the same spec disappears: a renamed pipeline is a new one.
  case looksRenamed(from: PipelineName, to: PipelineName)
  case noController(pipelines: Int)
  case protected(PipelineName)
  case pruneRefused(PruneRefusal)
  /// Somebody changed at an engine what no manifest declares.
  case drifted(PipelineName, EngineName, Drift, isNew: Bool)
  /// The engine does not have what the pipeline stands for, in its words.
  case missing(PipelineName, EngineName, String)
  /// An engine tells of the object that a pipeline stands for in a way that is not understood; with what stands in the way.
  case unread(PipelineName, EngineName, String)
  /// What is declared was refused by the engine, and is not sent again before a while.
  case settingsRefused(PipelineName, EngineName, SettingsRefusal)

  /// The pipeline that it is about; absent where it is about several.
  public var pipeline: PipelineName? {
    switch self {
    case .newLedger, .noController, .pruneRefused: nil
    case .requestReused(let key, _, _): key.pipeline
    case .looksRenamed(_, let name), .protected(let name), .drifted(let name, _, _, _), .missing(let name, _, _),
      .unread(let name, _, _), .settingsRefused(let name, _, _):
      name
    }
  }
}

public enum PruneRefusal: Hashable, Codable, Sendable {
  /// A source without any pipeline prunes nothing.
  case emptySource(SourceSet)
  case overLimit(count: Int, of: Int, limit: Int)
}
