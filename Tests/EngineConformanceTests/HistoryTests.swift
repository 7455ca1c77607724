import ControlLoop
import EngineConformance
import PipelineModel
import SQLiteStore
import SeededRandom
import StoreAPI
import Testing

/// Little histories, drawn from a seed: users, people who click, calls that go wrong, controllers that die.
@Suite struct HistoryTests {
  @Test(arguments: EngineKind.shared, Array(UInt64(1)...6))
  func `whatever users, calls and crashes do, an order takes effect once and everything comes to rest`(
    engine: EngineKind, seed: UInt64
  ) async throws {
    try await engine.tryOut { trial in
      let manifest = trial.manifest()
      await trial.apply(manifest)
      var history = History(trial: trial, random: SplitMix64(seed: seed))
      for _ in 1...14 { try await history.goOn() }
      let told = try await history.comeToRest(manifest)
      let own = try trial.store.runs(of: trial.name(), limit: 1000).filter { $0.order.trigger != .external }
      #expect(trial.served().started <= own.count, "\(told)")
      try await trial.mustRest(manifest)
    }
  }
}

/// What happens, one thing after the other.
private struct History {
  let trial: Trial
  var random: SplitMix64
  private var requests = 0
  private(set) var told: [String] = []

  init(trial: Trial, random: SplitMix64) {
    self.trial = trial
    self.random = random
  }

  mutating func goOn() async throws {
    switch random.int(1...12) {
    case 1...3: await ask(.start(StartOptions(ifRunning: random.pick(.reject, .wait, .replace))))
    case 4: await ask(.cancel)
    case 5:
      let (call, upset) = (random.pick(ServedCall.start, .stop), random.pick(Upset.neverArrives, .answerIsLost))
      tell("the next \(call): \(upset)")
      trial.fixture.upset(call, upset)
    case 6:
      let click = random.pick(Click.start, .start, .stop)
      tell("somebody clicks \(click)")
      trial.fixture.click(click, on: 1)
    case 7:
      tell("the next controller dies")
      trial.dieAfterNextCall()
    case 8:
      tell("out of reach")
      trial.fixture.setReachable(false)
      await ask(.start(StartOptions(ifRunning: .wait)))
      trial.fixture.setReachable(true)
    case 9:
      tell("jobs end")
      try await trial.fixture.finishJobs()
    case _:
      let span = TimeSpan(seconds: Int64(random.int(1...600)))
      tell("\(span) pass")
      trial.fixture.pass(span)
    }
  }

  private mutating func ask(_ action: JobAction) async {
    requests += 1
    let until = random.pick(WaitGoal.planned, .started)
    let result = await trial.ask("request-\(requests)", action, until: until)
    tell(
      "request-\(requests), \(action): \(result.executed.map { "\($0.operation.id) \($0.answer)" }), \(result.outcome)")
  }

  private mutating func tell(_ words: String) { told.append(words) }

  /// Jobs end, and now and then the service's own schedule begins one, until nothing is under way.
  mutating func comeToRest(_ manifest: DesiredPipeline) async throws -> [String] {
    for _ in 1...12 {
      try await trial.fixture.finishJobs()
      let result = await trial.apply(manifest, until: .planned)
      tell("at the end: \(result.executed.map { "\($0.operation.id) \($0.answer)" }), \(result.outcome)")
      let stored = try trial.store.load(StoreQuery())
      let isPending = stored.requests.contains { $0.state.result == nil }
      if stored.intents.isEmpty, !isPending, !stored.runs.contains(where: \.isActive) { return told }
      if trial.served().running == 0 { trial.fixture.click(.start, on: 1) }
    }
    Issue.record("it does not come to rest: \(told)")
    return told
  }
}
