public import EngineAPI
public import EngineHTTP
public import PipelineModel

/// Stitch, through its Connect API: sources are adopted by id, and their jobs are started and stopped.
///
/// | what Stitch does | what follows |
/// | --- | --- |
/// | tells no running job | "running" is believed from the receipt of the start, which is kept in the state folder |
/// | a stop names a source | it is looked right before each time that it is sent whether the run has ended |
/// | loads after it has extracted | a run is over when its loads are, or `loadDeadline` after its extraction, with a condition |
/// | wants few calls of its lists | they are counted in the state folder, and lists are read only while something is expected of them |
public final class StitchEngine: Engine {
  public let name: EngineName
  let service: StitchService
  let receipts: Receipts<StitchReceipt>
  let budget: CallBudget
  let selections: StitchSelections
  let sweeps: StitchSweeps
  let patience: StitchPatience
  /// An engine that is only read from reads no list that costs, and records nothing.
  let isReadOnly: Bool

  public init(
    name: EngineName, caller: HTTPCaller, pacing: any Pacing, memory: any EngineMemory,
    patience: StitchPatience = StitchPatience(), isReadOnly: Bool = false
  ) {
    self.name = name
    service = StitchService(calls: TimedCaller(caller, pacing: pacing))
    receipts = Receipts(engine: name, memory: memory)
    budget = CallBudget(engine: name, memory: memory)
    selections = StitchSelections(engine: name, memory: memory)
    sweeps = StitchSweeps(engine: name, memory: memory)
    self.patience = patience
    self.isReadOnly = isReadOnly
  }

  public func retire(_ run: RunID) async throws(EngineError) { try receipts.retire(run) }

  public func discard(_ runs: [RunID]) async -> DiscardedRuns { receipts.discard(runs) }

  /// The source that a pipeline stands for.
  func sourceID(of spec: PipelineSpec) throws(EngineError) -> Int {
    guard case .remote(let id) = spec.work else { return try sourceID("") }
    return try sourceID(id)
  }

  func sourceID(_ id: String) throws(EngineError) -> Int {
    guard let number = Int(id) else {
      throw EngineError(
        .brokenInput,
        "a pipeline on Stitch needs `remote.id`, the number of its source (it is in the source's address)",
        .terminal)
    }
    return number
  }
}

/// How long Stitch is believed without proof.
public struct StitchPatience: Hashable, Sendable {
  /// From a start whose answer was lost to the last moment at which it may be sent once more.
  public var secondAsk: TimeSpan
  /// From a stop to the moment when its run counts as unconfirmed.
  public var stop: TimeSpan
  /// From a stop that was taken to the moment when a run whose end does not show is given up.
  public var stoppedJob: TimeSpan
  /// From a start to the same moment: Stitch ends what extracts for 23.5 hours, and a new source may take half an hour to begin.
  public var longestJob: TimeSpan
  /// From a stop of whatever ran to the moment when that counts as unconfirmed.
  public var unseenStop: TimeSpan
  /// From the same to the moment when it is given up: nothing was running, or its end does not show.
  public var unseenJob: TimeSpan
  /// From the end of an extraction to the moment when its load is waited for no longer.
  public var load: TimeSpan
  /// From one look at the streams of a source to the next.
  public var streams: TimeSpan
  /// From one page of what others had run to the next.
  public var sweep: TimeSpan

  public init(
    secondAsk: TimeSpan = TimeSpan(seconds: 60), stop: TimeSpan = TimeSpan(seconds: 600),
    stoppedJob: TimeSpan = TimeSpan(seconds: 7200), longestJob: TimeSpan = TimeSpan(seconds: 90_000),
    unseenStop: TimeSpan = TimeSpan(seconds: 60), unseenJob: TimeSpan = TimeSpan(seconds: 300),
    load: TimeSpan = TimeSpan(seconds: 1800), streams: TimeSpan = TimeSpan(seconds: 3600),
    sweep: TimeSpan = TimeSpan(seconds: 100)
  ) {
    self.secondAsk = secondAsk
    self.stop = stop
    self.stoppedJob = stoppedJob
    self.longestJob = longestJob
    self.unseenStop = unseenStop
    self.unseenJob = unseenJob
    self.load = load
    self.streams = streams
    self.sweep = sweep
  }
}
