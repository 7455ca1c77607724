public import EngineAPI
public import EngineHTTP
public import PipelineModel

/// MongoDB Relational Migrator, through its REST API: jobs are made and started by one call, and seen in its list.
///
/// | what Relational Migrator does | what follows |
/// | --- | --- |
/// | runs one job at a time | a start looks first, and meets somebody else's job as a conflict |
/// | writes documents again for a job that is repeated | a start that may have been taken is looked for in the list, and never sent again |
/// | has one call for "terminate" and for "complete CDC" | the stage is looked at right before, and what became of the job is reported, not what was meant |
/// | shows everybody's jobs | one that somebody else began is a run of the pipeline whose project it is, while it goes on |
/// | asks nobody who calls | its address is on this machine, unless the manifest says otherwise |
public final class RelationalMigratorEngine: Engine {
  public let name: EngineName
  let service: MigratorService
  let receipts: Receipts<MigratorReceipt>
  let secrets: SecretReader
  let patience: MigratorPatience
  public var looksByPipeline: Bool { true }
  /// An engine that is only read from records nothing.
  let isReadOnly: Bool

  /// Reads a secret where a call is about to be made.
  public typealias SecretReader = @Sendable (SecretReference) throws(EngineError) -> String

  public init(
    name: EngineName, caller: HTTPCaller, pacing: any Pacing, memory: any EngineMemory,
    patience: MigratorPatience = MigratorPatience(), isReadOnly: Bool = false, secrets: @escaping SecretReader
  ) {
    self.name = name
    service = MigratorService(calls: TimedCaller(caller, pacing: pacing))
    receipts = Receipts(engine: name, memory: memory)
    self.secrets = secrets
    self.patience = patience
    self.isReadOnly = isReadOnly
  }

  public func retire(_ run: RunID) async throws(EngineError) { try receipts.retire(run) }

  public func discard(_ runs: [RunID]) async -> DiscardedRuns { receipts.discard(runs) }
}
