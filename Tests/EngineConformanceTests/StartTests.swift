import ControlLoop
import EngineAPI
import EngineConformance
import PipelineModel
import Testing

/// A start is an order with a name: one order, one job, whatever becomes of calls and controllers.
@Suite struct StartTests {
  @Test(arguments: EngineKind.allCases)
  func `a start that is asked for again and again takes effect once`(engine: EngineKind) async throws {
    try await engine.tryOut { trial in
      let manifest = trial.manifest { $0.start("first") }
      let first = await trial.apply(manifest, until: .started)
      #expect(first.outcome == .done)
      let again = await trial.apply(manifest, until: .started)
      #expect(again.executed.map(\.operation.id) == [])
      // Somebody who had the same order in hand, and does not know that it was carried out.
      let order = try #require(try trial.run()?.order)
      try await trial.fixture.engine(over: trial.store).start(order, from: StartBasis())
      try await trial.awaitRunning()
      #expect(trial.served().started == 1)

      try await trial.fixture.finishJobs()
      await trial.settle()
      #expect(try trial.outcome() == .succeeded)
      #expect(try trial.result(of: "first") == .done(RunID(pipeline: trial.name(), number: 1)))
      try await trial.mustRest(manifest)
      #expect(trial.served().started == 1)
    }
  }

  /// Who sends nothing again gives an attempt up that is not to be found, and the next one begins.
  @Test(arguments: EngineKind.allCases, Upset.allCases)
  func `a start whose call goes wrong yields one run`(engine: EngineKind, upset: Upset) async throws {
    try await engine.tryOut { trial in
      let manifest = trial.manifest {
        $0.start("first")
        $0.retry = RetryPolicy(attempts: 2, backoff: TimeSpan(seconds: 10))
      }
      trial.fixture.upset(.start, upset)
      await trial.apply(manifest, until: .started)
      try await trial.untilRunning(manifest)
      try await trial.fixture.finishJobs()
      await trial.settle()
      #expect(try trial.outcome() == .succeeded)
      #expect(try trial.run(2) == nil)
      #expect(try trial.result(of: "first") == .done(RunID(pipeline: trial.name(), number: 1)))
      #expect(trial.served().started == 1)
      try await trial.mustRest(manifest)
    }
  }

  @Test(arguments: EngineKind.allCases)
  func `a controller that dies right after a start leaves one run to the next`(engine: EngineKind) async throws {
    try await engine.tryOut { trial in
      let manifest = trial.manifest { $0.start("first") }
      trial.dieAfterNextCall()
      let dead = await trial.apply(manifest, until: .started)
      guard case .storeFailed = dead.outcome else {
        Issue.record("it lives: \(dead.outcome)")
        return
      }
      let next = await trial.apply(manifest, until: .started)
      #expect(next.outcome == .done)
      #expect(next.executed.map(\.operation.id) == [])
      try await trial.awaitRunning()
      try await trial.fixture.finishJobs()
      await trial.settle()
      #expect(try trial.outcome() == .succeeded)
      #expect(trial.served().started == 1)
      try await trial.mustRest(manifest)
    }
  }

  @Test(arguments: EngineKind.allCases)
  func `only one job of a pipeline runs at a time, and what waits begins when that is over`(engine: EngineKind)
    async throws
  {
    try await engine.tryOut { trial in
      let first = trial.manifest { $0.start("first") }
      await trial.apply(first, until: .started)
      try await trial.awaitRunning()
      let refused = await trial.ask("beside", .start(StartOptions(ifRunning: .reject)), until: .started)
      #expect(refused.outcome == .done)
      let run = RunID(pipeline: trial.name(), number: 1)
      #expect(try trial.result(of: "beside") == .refused(.alreadyRunning(run)))
      await trial.ask("behind", .start(StartOptions(ifRunning: .wait)), until: .planned)
      #expect(try trial.result(of: "behind") == nil)
      #expect(trial.served().started == 1)

      try await trial.fixture.finishJobs()
      let second = await trial.apply(first, until: .started)
      #expect(second.executed.map(\.operation.id) == [OperationID("start:\(trial.name()).2")])
      try await trial.awaitRunning()
      try await trial.fixture.finishJobs()
      await trial.settle()
      #expect(try trial.outcome(ofRun: 2) == .succeeded)
      #expect(trial.served().started == 2)
      try await trial.mustRest(first)
    }
  }

  @Test(arguments: EngineKind.allCases)
  func `among many pipelines one change makes one call that has an effect`(engine: EngineKind) async throws {
    let count = 1000
    try await engine.tryOut(units: count) { trial in
      var manifests = (1...count).map { trial.manifest($0) }
      let created = await trial.apply(manifests)
      #expect(created.outcome == .done)
      #expect(created.executed.count == count)
      #expect(trial.fixture.effects == 0)
      manifests[499].spec.start("one")
      let changed = await trial.apply(manifests, until: .started)
      #expect(changed.executed.map(\.operation.verb) == ["update", "start"])
      try await trial.awaitRunning(of: 500)
      #expect(trial.fixture.effects == 1)
      try await trial.fixture.finishJobs()
      await trial.settle()
      #expect(try trial.outcome(of: 500) == .succeeded)
      try await trial.mustRest(manifests)
      #expect(trial.fixture.effects == 1)
    }
  }

  @Test(arguments: EngineKind.allCases.filter(\.holdsDefinitions))
  func `no more runs begin at the same time than maxConcurrentRuns of their engine says`(engine: EngineKind)
    async throws
  {
    try await engine.tryOut(units: 3) { trial in
      let manifests = (1...3).map { unit in
        trial.manifest(unit) {
          $0.engine.maxConcurrentRuns = 2
          $0.start("first")
        }
      }
      await trial.apply(manifests, until: .planned)
      await trial.apply(manifests, until: .planned)
      #expect((1...3).map { trial.served($0).started } == [1, 1, 0])
      #expect(try trial.result(of: "first", of: 3) == nil, "it waits for its turn")
      await trial.apply(manifests)
      #expect((1...3).map { trial.served($0).started } == [1, 1, 1])
      #expect(try (1...3).allSatisfy { try trial.outcome(of: $0) == .succeeded })
      try await trial.mustRest(manifests)
    }
  }

  /// What a reconcile costs: a look before and one after, and for the change itself what it needs.
  @Test(arguments: [
    (
      EngineKind.hevo,
      [
        "GET /api/v1/pipelines": 20, "GET /api/v1/pipelines/*/jobs": 3, "GET /api/v1/pipelines/*": 1,
        "POST /api/v1/pipelines/*/actions/sync-now": 1,
      ]
    ), (EngineKind.relationalMigrator, ["GET /api/v1/jobs": 3, "POST /api/v1/jobs": 1]),
  ])
  func `a thousand pipelines and one change are the calls that the change needs`(
    engine: EngineKind, expected: [String: Int]
  ) async throws {
    let count = 1000
    try await engine.tryOut(units: count) { trial in
      var manifests = (1...count).map { trial.manifest($0) }
      #expect(await trial.apply(manifests).outcome == .done)
      trial.fixture.pass(TimeSpan(seconds: 120))
      let before = trial.fixture.calls.count
      manifests[499].spec.start("one")
      #expect(await trial.apply(manifests, until: .started).outcome == .done)
      let calls = trial.fixture.calls.dropFirst(before).map { call in
        call.split(separator: "/", omittingEmptySubsequences: false)
          .map { $0.first?.isNumber == true ? "*" : String($0) }.joined(separator: "/")
      }
      #expect(Dictionary(calls.map { ($0, 1) }, uniquingKeysWith: +) == expected)
      #expect(trial.fixture.effects == 1)
      #expect(trial.fixture.complaints == [])
    }
  }
}
