import PipelineModel

/// A little history: what users do, how the engine behaves, where the controller dies.
public struct Scenario: Hashable, Sendable {
  public var name: String
  public var seed: UInt64
  public var actions: [UserAction]
  public var faults: FaultRates
  public var crashes: CrashPlan
  public var mutation: Mutation?
  /// After a crash the user types the same command again, in percent.
  public var repeats: Int

  public init(
    name: String, seed: UInt64 = 0, actions: [UserAction], faults: FaultRates = .none, crashes: CrashPlan = .never,
    mutation: Mutation? = nil, repeats: Int = 100
  ) {
    self.name = name
    self.seed = seed
    self.actions = actions
    self.faults = faults
    self.crashes = crashes
    self.mutation = mutation
    self.repeats = repeats
  }

  /// The names that pipelines of drawn scenarios have.
  static let pipelineNames = ["orders", "customers", "events", "invoices", "refunds"].map { PipelineName($0) }

  /// The services that its manifests speak of.
  var services: Set<ServiceKind> {
    let pipelines = actions.flatMap { action -> [DesiredPipeline] in
      switch action {
      case .apply(let manifests, _, _), .applySaved(let manifests, _), .push(.manifests(let manifests)),
        .push(.rewritten(let manifests)):
        manifests.pipelines
      case .request, .pause, .foreignRun, .meddle, .outage, .interrupt, .wait, .push(.mistakes), .unreachable, .serve,
        .end, .kill, .setClock, .storeTrouble:
        []
      }
    }
    return Set(pipelines.compactMap { ServiceKind(rawValue: $0.spec.engine.name.text) })
  }

  /// Whether a controller that stays is part of it.
  public var isServed: Bool {
    actions.contains { action in
      if case .serve = action { true } else { false }
    }
  }
}
