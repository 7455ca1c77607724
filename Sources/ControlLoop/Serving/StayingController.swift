public import EngineAPI
import PipelineModel
public import StoreAPI

/// Performs the effects of a controller that stays, one after the other, until it is told to end.
public struct StayingController: Sendable {
  private let goals: Controller
  private let store: any ControlStore
  private let engines: any EngineDirectory
  private let lock: any ControllerLock
  private let clock: any WallClock
  private let waiter: any RunWaiter
  private let nudges: NudgeBox
  private let observer: any ServeObserver

  /// - Parameters:
  ///   - lock: taken for each goal, and given back after it.
  ///   - waiter: tells of runs; a wait ends early where its task is cancelled.
  public init(
    store: any ControlStore, engines: any EngineDirectory, lock: any ControllerLock, clock: any WallClock,
    waiter: any RunWaiter, nudges: NudgeBox, observer: any ServeObserver, zones: @escaping Controller.ZoneLookup
  ) {
    goals = Controller(
      store: store, directory: engines, lock: lock, clock: clock, waiter: waiter, observer: observer, zones: zones)
    self.store = store
    self.engines = engines
    self.lock = lock
    self.clock = clock
    self.waiter = waiter
    self.nudges = nudges
    self.observer = observer
  }

  /// - Parameter source: how far a controller before this one has followed its source.
  public func run(_ options: ServeOptions, source: SourceStatus?, retention: RetentionWalk = RetentionWalk()) async {
    var state = ServeState(options, source: source)
    var walk = retention
    var event: ServeEvent? = .began(now: clock.now())
    while let heard = event {
      // In place: a copy would cost as much as there are pipelines.
      var effects = state.hear(heard)
      event = nil
      while !effects.isEmpty {
        // Taken out: what a look came to would otherwise live as long as the wait after it.
        let effect = effects.removeFirst()
        if case .report = effect {} else { await observer.begins(effect) }
        switch effect {
        case .pursue(let goal): event = .looked(await goals.run(goal), now: clock.now())
        case .record(let changes): event = await record(changes)
        case .tidy: event = .tidied(isPassOver: await tidy(&walk), now: clock.now())
        case .wait(let runs, let until): event = .woke(await wait(runs, until), now: clock.now())
        case .report(let report): await observer.note(report)
        case .finish: break
        }
      }
    }
  }

  private func wait(_ runs: [RunID], _ until: Timestamp?) async -> [Nudge] {
    guard !runs.isEmpty else { return await nudges.take(until: until) }
    let watch = Task { [waiter, nudges] in
      if await waiter.wait(for: runs, until: nil) == .changed { await nudges.post(.runsChanged) }
    }
    defer { watch.cancel() }
    return await nudges.take(until: until)
  }

  private func record(_ changes: [StateChange]) async -> ServeEvent {
    guard !changes.isEmpty else { return .noted(nil, now: clock.now()) }
    let trouble = await underLock { () throws(StoreError) in try store.commit(changes) }
    if let trouble { await observer.note(.trouble(trouble)) }
    return .noted(trouble, now: clock.now())
  }

  private func tidy(_ walk: inout RetentionWalk) async -> Bool {
    guard case .acquired = await lock.acquire() else { return true }
    let isPassOver: Bool
    do throws(StoreError) {
      let step = try await walk.step(store, engines.recorded, now: clock.now())
      if !step.dropped.isEmpty || !step.left.isEmpty { await observer.note(.tidied(step)) }
      isPassOver = step.isPassOver
    } catch {
      await observer.note(.trouble(error))
      isPassOver = true
    }
    await lock.release()
    return isPassOver
  }

  private func underLock(_ body: () throws(StoreError) -> Void) async -> StoreError? {
    switch await lock.acquire() {
    case .held(let holder): return StoreError(.notWritable, "the state folder is in use by \(holder)")
    case .failed(let error): return error
    case .acquired: break
    }
    var failure: StoreError?
    do { try body() } catch { failure = error }
    await lock.release()
    return failure
  }
}
