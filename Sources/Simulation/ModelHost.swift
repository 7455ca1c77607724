public import ControlLoop
public import EngineAPI
public import PipelineModel
import Synchronization

/// A model engine, its clock, a lock, and the patience of a waiting user: what the real driver needs, without real time.
public final class ModelHost: Engine, WallClock, RunWaiter, ControllerLock {
  private struct Contents {
    var engine: ModelEngine
    var holder: String?
    var isInterrupted = false
    var waits = 0
  }

  public let name: EngineName
  private let contents: Mutex<Contents>

  public init(faults: FaultRates = .none, seed: UInt64 = 0, now: Timestamp = Timestamp(seconds: 1_800_000_000)) {
    name = .local
    contents = Mutex(Contents(engine: ModelEngine(faults: faults, now: now, seed: seed)))
  }

  /// The engine as it is at this instant.
  public var engine: ModelEngine { contents.withLock { $0.engine } }
  /// How often somebody waited.
  public var waits: Int { contents.withLock { $0.waits } }

  public func change(_ body: (inout ModelEngine) -> Void) { contents.withLock { body(&$0.engine) } }
  public func interrupt() { contents.withLock { $0.isInterrupted = true } }
  /// Another controller takes the lock.
  public func occupy(by holder: String) { contents.withLock { $0.holder = holder } }
  public var isLocked: Bool { contents.withLock { $0.holder != nil } }

  // MARK: Engine

  public func observe() async -> EngineObservation { contents.withLock { $0.engine.observe() } }

  public func start(_ order: StartOrder, from basis: StartBasis) async throws(EngineError) {
    try call { engine throws(EngineError) in try engine.start(order) }
  }

  public func stop(_ order: StopOrder) async throws(EngineError) {
    try call { engine throws(EngineError) in try engine.stop(order) }
  }

  public func retire(_ run: RunID) async throws(EngineError) {
    try call { engine throws(EngineError) in try engine.retire(run) }
  }

  private func call(_ act: (inout ModelEngine) throws(EngineError) -> Void) throws(EngineError) {
    let error = contents.withLock { contents -> EngineError? in
      do throws(EngineError) {
        try act(&contents.engine)
        return nil
      } catch {
        return error
      }
    }
    if let error { throw error }
  }

  // MARK: Clock, lock, patience

  public func now() -> Timestamp { contents.withLock { $0.engine.now } }

  public func acquire() async -> LockAnswer {
    contents.withLock { contents in
      if let holder = contents.holder { return .held(by: holder) }
      contents.holder = "this controller"
      return .acquired
    }
  }

  public func release() async { contents.withLock { $0.holder = nil } }

  public func wait(for runs: [RunID], until deadline: Timestamp?) async -> WaitEnd {
    contents.withLock { contents in
      contents.waits += 1
      guard !contents.isInterrupted, let next = [contents.engine.nextChange, deadline].compactMap({ $0 }).min() else {
        return .interrupted
      }
      contents.engine.advance(to: next)
      return next == deadline ? .deadline : .changed
    }
  }
}
