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

  /// Whether a controller that stays is part of it.
  public var isServed: Bool {
    actions.contains { action in
      if case .serve = action { true } else { false }
    }
  }
}
