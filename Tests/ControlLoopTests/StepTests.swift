import ControlLoop
import PipelineModel
import Reconciler
import Simulation
import StoreAPI
import Testing

@Suite struct StepTests {
  private static let now = Timestamp(seconds: 1_800_000_000)
  private static let orders = PipelineName("orders")
  private static let goal = LoopGoal(
    desired: DesiredState(
      pipelines: [
        .sample(orders, job: JobRequest(request: RequestID("first"), action: .start(StartOptions())))
      ], sourceSets: [.path("/srv/manifests")]))
  private static let read = [
    EngineAnswer(engine: .local, observation: .complete(Revision("r1"), at: now, runs: []))
  ]

  /// The events of a quiet start, in order, and the phase after each.
  private static let story: [(event: LoopEvent, phase: String)] = [
    (.begin(goal, now: now), "locking"),
    (.locked(now: now), "loading"),
    (.loaded(LoopRecords(stored: StoredState()), now: now), "observing"),
    (.observed(read, now: now), "recordingIntents"),
    (.committed(now: now), "executing"),
    (.answered(OperationID("start:orders.1"), .done, now: now), "settling"),
    (.committed(now: now), "loading"),
  ]

  private func state(after count: Int) -> LoopState {
    Self.story.prefix(count).reduce(LoopState()) { step($0, $1.event).0 }
  }

  private func word(_ phase: LoopPhase) -> String {
    String("\(phase)".prefix { $0 != "(" })
  }

  @Test func `a start goes from the lock to its settlement`() {
    var state = LoopState()
    for (event, phase) in Self.story {
      state = step(state, event).0
      #expect(word(state.phase) == phase)
    }
  }

  @Test func `law 6: the intent is committed before the engine is called`() {
    let (state, recording) = step(state(after: 3), Self.story[3].event)
    guard case .commit(let changes) = recording.last else {
      Issue.record("\(recording)")
      return
    }
    let intents = changes.compactMap { change in
      if case .putIntent(let intent) = change { intent } else { nil }
    }
    #expect(intents.filter(\.state.isOpen).map(\.id.text) == ["start:orders.1"])
    guard case .execute(let operation) = step(state, .committed(now: Self.now)).1.last else {
      Issue.record("nothing is executed")
      return
    }
    #expect(operation.id.text == "start:orders.1")
  }

  @Test(arguments: 0...7)
  func `at most one effect is answered, and it is the last one`(count: Int) {
    let effects = count == 0 ? [] : step(state(after: count - 1), Self.story[count - 1].event).1
    #expect(effects.dropLast().allSatisfy { !$0.isAnswered })
  }

  @Test(arguments: 0...7)
  func `an answer that nobody waits for changes nothing`(count: Int) {
    let state = state(after: count)
    let strays: [LoopEvent] = [
      .answered(OperationID("start:customers.9"), .done, now: Self.now),
      .retired(RunID(pipeline: Self.orders, number: 9)),
      .woke(now: Self.now),
    ]
    for stray in strays {
      let (next, effects) = step(state, stray)
      #expect(next == state)
      #expect(effects.isEmpty)
    }
  }

  @Test(arguments: 2...7)
  func `a store that fails ends the call and gives the lock back`(count: Int) {
    let error = StoreError(.full, "the disk is full")
    let effects = step(state(after: count), .storeFailed(error)).1
    #expect(effects.first == .unlock)
    guard case .finish(let result) = effects.last else {
      Issue.record("\(effects)")
      return
    }
    #expect(result.outcome == .storeFailed(error))
  }

  @Test func `where one of many runs cannot be begun for its records, a controller that stays begins the others`() {
    let names = [PipelineName("customers"), Self.orders]
    let stored = StoredState(
      pipelines: names.map {
        PipelineRecord(applied: .sample($0), generation: 1, createdAt: Self.now, appliedAt: Self.now)
      },
      requests: names.map {
        RequestRecord(
          key: RequestKey($0, RequestID("first")),
          job: JobRequest(request: RequestID("first"), action: .start(StartOptions())), origin: .command(by: "tester"),
          recordedAt: Self.now, state: .pending(behind: nil))
      })
    let look = LoopGoal(scope: names, until: .planned, firesSlots: true, isUnattended: true)
    let events: [LoopEvent] = [
      .begin(look, now: Self.now), .locked(now: Self.now), .loaded(LoopRecords(stored: stored), now: Self.now),
      .observed(Self.read, now: Self.now), .committed(now: Self.now),
    ]
    let executing = events.reduce(LoopState()) { step($0, $1).0 }
    let (settling, settlement) = step(executing, .storeFailed(StoreError(.corrupt, "customers: it cannot be read")))
    guard case .commit(let changes) = settlement.last, case .putIntent(let intent) = changes.first else {
      Issue.record("\(settlement)")
      return
    }
    #expect(intent.id.text == "start:customers.1")
    #expect(intent.state == .settled(.notExecuted, at: Self.now))
    guard case .execute(let next) = step(settling, .committed(now: Self.now)).1.last else {
      Issue.record("the other one is not executed")
      return
    }
    #expect(next.id.text == "start:orders.1")
  }

  @Test func `an interruption during a round is heeded when it would wait`() {
    var state = step(state(after: 7), .interrupted).0
    let report = RunReport(run: RunID(pipeline: Self.orders, number: 1), status: .active(.extract))
    let stored = stored(after: [3, 4, 5])
    let answer = EngineAnswer(
      engine: .local, observation: .complete(Revision("r2"), at: Self.now, runs: [report]))
    state = step(state, .loaded(LoopRecords(stored: stored), now: Self.now)).0
    state = step(state, .observed([answer], now: Self.now)).0
    let effects = step(state, .committed(now: Self.now)).1
    guard case .finish(let result) = effects.last else {
      Issue.record("\(effects)")
      return
    }
    #expect(result.outcome == .interrupted)
    #expect(effects.contains(.unlock))
  }

  @Test func `a run that another loop found never to have begun is waited for no longer`() throws {
    let order = OperationID("start:orders.1")
    var state = step(state(after: 5), .answered(order, .unavailable("busy"), now: Self.now)).0
    state = step(state, .committed(now: Self.now)).0
    let run = RunID(pipeline: Self.orders, number: 1)
    let before = stored(after: [3])
    var request = try #require(before.requests.first)
    request.state = .settled(.refused(.engine("somebody else's")), at: Self.now)
    var intent = try #require(before.intents.first)
    intent.state = .settled(.refused("somebody else's"), at: Self.now)
    let after = before.applying([.putIntent(intent), .dropRun(run), .putRequest(request)])
    state = step(state, .loaded(LoopRecords(stored: after), now: Self.now)).0
    let effects = step(state, .observed(Self.read, now: Self.now)).1
    guard case .finish(let result) = effects.last else {
      Issue.record("\(effects)")
      return
    }
    #expect(result.runs == [])
  }

  /// The records once the commits that those events asked for are made.
  private func stored(after events: [Int]) -> StoredState {
    events.reduce(StoredState()) { stored, position in
      let effects = step(state(after: position), Self.story[position].event).1
      return effects.reduce(stored) { stored, effect in
        if case .commit(let changes) = effect { stored.applying(changes) } else { stored }
      }
    }
  }
}

extension LoopEffect {
  fileprivate var isAnswered: Bool {
    switch self {
    case .lock, .load, .observe, .commit, .execute, .retire, .wait: true
    case .unlock, .report, .finish: false
    }
  }
}
