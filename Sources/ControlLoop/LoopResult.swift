public import PipelineModel
public import Reconciler
public import StoreAPI

/// How a call of the loop went; exit code and verdict are derived from this one value.
public struct LoopResult: Hashable, Codable, Sendable {
  public var outcome: LoopOutcome
  /// Absent where it did not come to a plan.
  public var firstPlan: Plan?
  /// In the order of execution; operations that only record something are answered `done`.
  public var executed: [Execution]
  /// The runs that the goal started, stopped or waited for, as last observed, sorted.
  public var runs: [RunRecord]
  /// The requests that the goal speaks of, as they stand, sorted.
  public var requests: [RequestRecord]
  /// How things stood when it planned last; absent where it did not come to a plan.
  public var standing: LoopStanding?

  public init(
    outcome: LoopOutcome, firstPlan: Plan? = nil, executed: [Execution] = [], runs: [RunRecord] = [],
    requests: [RequestRecord] = [], standing: LoopStanding? = nil
  ) {
    self.outcome = outcome
    self.firstPlan = firstPlan
    self.executed = executed
    self.runs = runs
    self.requests = requests
    self.standing = standing
  }
}

/// An operation and what its engine answered.
public struct Execution: Hashable, Codable, Sendable {
  public var operation: Operation
  public var answer: OperationAnswer

  public init(_ operation: Operation, _ answer: OperationAnswer) {
    self.operation = operation
    self.answer = answer
  }
}

/// Why the loop ended.
public enum LoopOutcome: Hashable, Codable, Sendable {
  /// As far as the goal's `until` asks; whether runs and requests went well is told by themselves.
  case done
  /// Every operation of the saved plan had been executed before.
  case alreadyApplied
  /// Nothing of this plan was done.
  case consentNeeded([Operation])
  /// The world is no longer the one that the saved plan was made for; nothing was done.
  case savedPlanOutdated([FailedPrecondition])
  /// The state folder serves another environment; nothing was done.
  case environmentMismatch(folder: String, asked: String)
  /// A command names pipelines that are not recorded, or were let go; nothing was done.
  case notManaged([PipelineName])
  /// A controller follows these source sets, and applies by itself what is in them; nothing was done (law 8).
  case followed([SourceSet])
  case lockHeld(by: String)
  case storeFailed(StoreError)
  /// An engine that matters to the goal could not be read.
  case enginesUnavailable([EngineAvailability])
  /// What the goal asked for cannot go on by itself, and nothing is known to wait for.
  case pending([RequestKey])
  /// The same operations came back again and again: their engine never does them.
  case notConverging([Operation])
  /// A fault of pipectl's own: the plan breaks a law, and nothing of it was done.
  case lawBroken([LawViolation])
  /// The user wanted to wait no longer; runs go on.
  case interrupted
}

/// What no longer holds for an operation of a saved plan.
public struct FailedPrecondition: Hashable, Codable, Sendable {
  public var operation: Operation
  public var precondition: Precondition

  public init(operation: Operation, precondition: Precondition) {
    self.operation = operation
    self.precondition = precondition
  }
}
