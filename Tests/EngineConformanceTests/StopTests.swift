import ControlLoop
import EngineAPI
import EngineConformance
import PipelineModel
import SQLiteStore
import Testing

/// A cancel aims at one run, and is said to be done when that run is seen to be gone.
@Suite struct StopTests {
  /// A run that goes on at the service.
  private func begin(_ trial: Trial) async throws -> DesiredPipeline {
    let manifest = trial.manifest { $0.start("first") }
    await trial.apply(manifest, until: .started)
    try await trial.awaitRunning()
    return manifest
  }

  @Test(arguments: EngineKind.allCases)
  func `a run in progress can be cancelled, and is cancelled when it is seen to be gone`(engine: EngineKind)
    async throws
  {
    try await engine.tryOut { trial in
      let manifest = try await begin(trial)
      let result = await trial.ask("stop", .cancel)
      #expect(result.outcome == .done)
      #expect(try trial.outcome() == .cancelled)
      #expect(try trial.result(of: "stop") == .done(RunID(pipeline: trial.name(), number: 1)))
      #expect(trial.served().lastEnd == .fromOutside)
      #expect(trial.served().running == 0)
      #expect(trial.served().stopped == 1)
      try await trial.mustRest(manifest)
      #expect(trial.served().started == 1)
    }
  }

  @Test(arguments: EngineKind.allCases, Upset.allCases)
  func `a cancel whose call goes wrong ends the run that was meant`(engine: EngineKind, upset: Upset) async throws {
    try await engine.tryOut { trial in
      let manifest = try await begin(trial)
      trial.fixture.upset(.stop, upset)
      let result = await trial.ask("stop", .cancel)
      #expect(result.outcome == .done)
      #expect(try trial.outcome() == .cancelled)
      #expect(try trial.result(of: "stop") == .done(RunID(pipeline: trial.name(), number: 1)))
      #expect(trial.served().lastEnd == .fromOutside)
      try await trial.mustRest(manifest)
      #expect(trial.served().started == 1)
    }
  }

  @Test(arguments: EngineKind.allCases)
  func `a controller that dies right after a cancel leaves its end to the next`(engine: EngineKind) async throws {
    try await engine.tryOut { trial in
      let manifest = try await begin(trial)
      trial.dieAfterNextCall()
      await trial.ask("stop", .cancel)
      let next = await trial.ask("stop", .cancel)
      #expect(next.outcome == .done)
      #expect(try trial.outcome() == .cancelled)
      #expect(trial.served().stopped == 1)
      try await trial.mustRest(manifest)
    }
  }

  @Test(arguments: EngineKind.allCases)
  func `a run that ends by itself while its cancel is on the way keeps its own end`(engine: EngineKind) async throws {
    try await engine.tryOut { trial in
      let manifest = try await begin(trial)
      trial.once(before: .stop) {
        try await trial.fixture.finishJobs()
        trial.fixture.click(.start, on: 1)
      }
      let result = await trial.ask("stop", .cancel)
      #expect(result.outcome == .done)
      #expect(try trial.outcome() == .succeeded)
      #expect(try trial.result(of: "stop") == .alreadyEnded(RunID(pipeline: trial.name(), number: 1)))
      #expect(trial.served().lastEnd == .byItself)
      #expect(trial.served().stopped == 0, "a later job is hit")
      #expect(trial.served().running == (trial.promises.isShared ? 1 : 0))
      try await trial.fixture.finishJobs()
      try await trial.mustRest(manifest)
    }
  }

  @Test(arguments: EngineKind.allCases)
  func `a cancel with nothing to cancel calls nobody, unless nothing shows what runs`(engine: EngineKind) async throws {
    try await engine.tryOut { trial in
      let manifest = try await begin(trial)
      try await trial.fixture.finishJobs()
      await trial.settle()
      let idle = await trial.ask("stop", .cancel)
      #expect(idle.outcome == .done)
      let isSeen = !trial.promises.capabilities.stopsUnseen
      let unproven = RequestResult.alreadyEnded(RunID(pipeline: trial.name(), number: 2))
      #expect(try trial.result(of: "stop") == (isSeen ? .nothingToCancel : unproven))
      #expect(try trial.outcome(ofRun: 2) == (isSeen ? nil : .lost))
      // Nor does one that comes much too late.
      let late = StopOrder(run: RunID(pipeline: trial.name(), number: 1), kind: .cancel, request: RequestID("late"))
      try await trial.fixture.engine(over: trial.store).stop(late)
      #expect(trial.served().stopped == (isSeen ? 0 : 1))
      #expect(try trial.outcome() == .succeeded)
      try await trial.mustRest(manifest)
    }
  }

  @Test(arguments: EngineKind.allCases)
  func `a job that goes on although it was cancelled is not called cancelled, and nothing begins beside it`(
    engine: EngineKind
  ) async throws {
    try await engine.tryOut { trial in
      let manifest = try await begin(trial)
      try trial.fixture.setStubborn(true)
      await trial.ask("stop", .cancel, until: .started)
      await trial.ask("next", .start(StartOptions(ifRunning: .wait)), until: .planned)
      for _ in 1...4 {
        trial.fixture.pass(TimeSpan(seconds: 600))
        await trial.apply(manifest, until: .planned)
        let run = try #require(try trial.run())
        #expect(run.isActive)
        #expect(try trial.result(of: "stop") == nil)
        #expect(trial.served().started == 1)
      }
      try trial.fixture.setStubborn(false)
      try await trial.fixture.finishJobs()
      await trial.apply(manifest, until: .started)
      #expect(try trial.outcome() == .cancelled)
      #expect(try trial.result(of: "stop") == .done(RunID(pipeline: trial.name(), number: 1)))
      try await trial.awaitRunning()
      #expect(trial.served().started == 2)
      try await trial.fixture.finishJobs()
      await trial.settle()
      try await trial.mustRest(manifest)
    }
  }

  @Test(arguments: EngineKind.allCases)
  func `a run that was stopped stays ended, and a new one can be started`(engine: EngineKind) async throws {
    try await engine.tryOut { trial in
      let manifest = try await begin(trial)
      await trial.ask("stop", .cancel)
      await trial.ask("anew", .start(StartOptions()), until: .started)
      try await trial.awaitRunning()
      #expect(trial.served().started == 2)
      try await trial.fixture.finishJobs()
      await trial.settle()
      #expect(try trial.outcome() == .cancelled)
      #expect(try trial.outcome(ofRun: 2) == .succeeded)
      try await trial.mustRest(manifest)
    }
  }

  @Test(arguments: EngineKind.shared)
  func `any job in progress can be stopped, also one that somebody else has started`(engine: EngineKind) async throws {
    try await engine.tryOut { trial in
      await trial.apply(trial.manifest())
      // Where nothing shows what runs, it is met by whoever wants to start something.
      trial.once(before: .start) {
        trial.fixture.click(.start, on: 1)
        trial.fixture.pass(TimeSpan(seconds: 5))
      }
      await trial.ask("ours", .start(StartOptions(ifRunning: .wait)), until: .planned)
      await trial.apply(trial.manifest(), until: .planned)
      let result = await trial.ask("stop", .cancel)
      #expect(result.outcome == .done)
      guard case .done(let run)? = try trial.result(of: "stop") else {
        Issue.record("it is \(String(describing: try trial.result(of: "stop")))")
        return
      }
      #expect(try trial.store.run(run)?.order.trigger == .external)
      #expect(try trial.store.run(run)?.report.status == .ended(.cancelled))
      #expect(trial.served().lastEnd == .fromOutside)
      #expect(trial.served().running == 0)
      #expect(try trial.result(of: "ours") == .superseded(by: RequestID("stop")))
      try await trial.mustRest(trial.manifest())
      #expect(trial.served().started == 0)
    }
  }

  @Test(arguments: EngineKind.shared)
  func `any job in progress can be stopped, started by hand or by the schedule, with nothing started before`(
    engine: EngineKind
  ) async throws {
    try await engine.tryOut { trial in
      await trial.apply(trial.manifest())
      trial.fixture.click(.start, on: 1)
      trial.fixture.pass(TimeSpan(seconds: 60))
      let result = await trial.ask("stop", .cancel)
      #expect(result.outcome == .done)
      #expect(try trial.result(of: "stop") == .done(RunID(pipeline: trial.name(), number: 1)))
      #expect(try trial.run()?.order.trigger == .external)
      #expect(try trial.outcome() == .cancelled)
      #expect(trial.served().lastEnd == .fromOutside)
      #expect(trial.served().stopped == 1 && trial.served().started == 0)
      try await trial.mustRest(trial.manifest())
    }
  }

  @Test(arguments: EngineKind.allCases)
  func `a start that replaces what runs begins when that is seen to be gone`(engine: EngineKind) async throws {
    try await engine.tryOut { trial in
      let manifest = try await begin(trial)
      let next = await trial.ask("next", .start(StartOptions(ifRunning: .replace)), until: .started)
      #expect(next.outcome == .done)
      #expect(try trial.outcome() == .cancelled)
      try await trial.awaitRunning()
      #expect(trial.served().lastEnd == .fromOutside)
      #expect(trial.served().started == 2)
      try await trial.fixture.finishJobs()
      await trial.settle()
      #expect(try trial.outcome(ofRun: 2) == .succeeded)
      try await trial.mustRest(manifest)
    }
  }
}
