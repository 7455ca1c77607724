public import EngineAPI
public import EngineHTTP
public import PipelineModel

/// Hevo Edge, through its interface for orchestration: pipelines are adopted by id, and their jobs are started, cancelled and shown.
///
/// | what Hevo does | what follows |
/// | --- | --- |
/// | a start tells no job | its job is the first one that is newer than those that were listed right before |
/// | a start while a job runs is a 409, or a 500 | what is listed tells which of the two it was; a start is never repeated blindly |
/// | a cancel names a job | it is repeated safely, and hits no later job |
/// | a cancelled job finishes its schema first | it is `terminating` until Hevo says that it is cancelled |
/// | begins jobs by itself | they are runs too, which somebody else started |
public final class HevoEngine: Engine {
  public let name: EngineName
  let service: HevoService
  let receipts: Receipts<HevoReceipt>
  let rolls: HevoRolls
  let budget: HevoBudget
  let patience: HevoPatience
  let pacing: any Pacing
  public var looksByPipeline: Bool { true }
  /// An engine that is only read from records nothing.
  let isReadOnly: Bool

  public init(
    name: EngineName, caller: HTTPCaller, pacing: any Pacing, memory: any EngineMemory,
    patience: HevoPatience = HevoPatience(), isReadOnly: Bool = false
  ) {
    self.name = name
    service = HevoService(calls: TimedCaller(caller, pacing: pacing))
    receipts = Receipts(engine: name, memory: memory)
    rolls = HevoRolls(engine: name, memory: memory)
    budget = HevoBudget(engine: name, memory: memory)
    self.patience = patience
    self.pacing = pacing
    self.isReadOnly = isReadOnly
  }

  /// What somebody else began is forgotten as soon as the roll says that its job concerns nobody; there may be many.
  public func retire(_ run: RunID) async throws(EngineError) {
    guard let receipt = try receipts.receipt(of: run), !receipt.isOpen else { return }
    if receipt.ask == nil, let job = receipt.job, let roll = try rolls.all()[receipt.pipeline],
      roll.since >= job.createdAt
    {
      return try receipts.remove(run)
    }
    try receipts.retire(run)
  }

  public func discard(_ runs: [RunID]) async -> DiscardedRuns { receipts.discard(runs) }

  /// The pipeline of Hevo that one of ours stands for.
  func remoteID(of spec: PipelineSpec) throws(EngineError) -> String {
    guard case .remote(let id) = spec.work else {
      throw EngineError(
        .brokenInput, "a pipeline on Hevo needs `remote.id`, the number of its pipeline there (it is in the address)",
        .terminal)
    }
    return id
  }
}
