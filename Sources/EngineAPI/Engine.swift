public import PipelineModel

/// What executes pipelines' jobs.
///
/// Every verb is safe to repeat with the same order: a start names its run, a stop names the run that it means.
public protocol Engine: Sendable {
  var name: EngineName { get }

  /// Reports every run that is active, and every ended one that was not retired; never throws: unavailability is an answer.
  func observe() async -> EngineObservation

  /// The same, with the definitions that the engine holds.
  func look() async -> EngineLook

  /// The same, and what somebody else began in those pipelines, where the engine shows it.
  func look(at pipelines: [PipelineRecord]) async -> EngineLook

  /// Whether a look tells more of the pipelines that it is asked about.
  var looksByPipeline: Bool { get }

  /// Writes what is declared of an object that the engine holds, where it differs.
  func write(_ order: SettingsOrder) async throws(EngineError)

  /// Starts the run that `order` names, or finds it already started.
  func start(_ order: StartOrder, from basis: StartBasis) async throws(EngineError)

  /// Asks the run to stop; the end is observed, not returned.
  func stop(_ order: StopOrder) async throws(EngineError)

  /// Tells the engine that everything about an ended run is recorded, and need not be reported again.
  func retire(_ run: RunID) async throws(EngineError)

  /// Removes what is kept of retired runs, durably, before their records go; one that is not retired yet is in neither list.
  func discard(_ runs: [RunID]) async -> DiscardedRuns
}

extension Engine {
  /// Of an engine that holds no definitions.
  public func look() async -> EngineLook { EngineLook(await observe()) }

  /// Of an engine that tells the same of all pipelines, or that nobody else begins anything in.
  public func look(at pipelines: [PipelineRecord]) async -> EngineLook { await look() }
  public var looksByPipeline: Bool { false }

  /// Of an engine that holds no definitions.
  public func write(_ order: SettingsOrder) async throws(EngineError) {
    throw EngineError(.refused, "engine `\(name)` holds no definitions to write to", .terminal)
  }

  /// Of an engine that keeps nothing of its own here.
  public func discard(_ runs: [RunID]) async -> DiscardedRuns { DiscardedRuns(gone: runs) }
}
