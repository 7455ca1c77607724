import ControlLoop
import EngineConformance
import PipelineModel
import Testing

/// A pause is about what begins by itself, never about what runs.
@Suite struct PauseTests {
  private let paused = PauseSetting.paused(PauseDetails(reason: "maintenance"))

  @Test(arguments: EngineKind.allCases)
  func `a pause leaves the run in progress alone`(engine: EngineKind) async throws {
    let paused = paused
    try await engine.tryOut { trial in
      await trial.apply(trial.manifest { $0.start("first") }, until: .started)
      try await trial.awaitRunning()
      let manifest = trial.manifest {
        $0.start("first")
        $0.paused = paused
      }
      await trial.apply(manifest, until: .planned)
      #expect(trial.served().running == 1)
      #expect(trial.served().stopped == 0)
      if trial.promises.holdsDefinitions { #expect(trial.served().isPaused == true) }
      try await trial.fixture.finishJobs()
      await trial.settle()
      #expect(try trial.outcome() == .succeeded)
      try await trial.mustRest(manifest)
      #expect(trial.served().started == 1)
    }
  }

  @Test(arguments: EngineKind.allCases)
  func `a manual start during a pause runs where the engine allows it, and leaves the pause`(engine: EngineKind)
    async throws
  {
    let paused = paused
    try await engine.tryOut { trial in
      let manifest = trial.manifest { $0.paused = paused }
      await trial.apply(manifest)
      await trial.ask("by-hand", .start(StartOptions()), until: .started)
      if trial.promises.startsWhilePaused {
        try await trial.awaitRunning()
        try await trial.fixture.finishJobs()
        await trial.settle()
        #expect(try trial.outcome() == .succeeded)
        #expect(trial.served().started == 1)
      } else {
        guard case .refused(.engine)? = try trial.result(of: "by-hand") else {
          Issue.record("it is \(String(describing: try trial.result(of: "by-hand")))")
          return
        }
        #expect(trial.served().started == 0)
      }
      if trial.promises.holdsDefinitions { #expect(trial.served().isPaused == true) }
      try await trial.mustRest(manifest)
    }
  }

  @Test(arguments: EngineKind.allCases.filter(\.holdsDefinitions))
  func `a pause by command that is removed, or expires, leaves the engine as it was before`(engine: EngineKind)
    async throws
  {
    try await engine.tryOut { trial in
      let manifest = trial.manifest()
      await trial.apply(manifest)
      await trial.override(true)
      #expect(trial.served().isPaused == true)
      try await trial.mustRest(manifest)
      await trial.override(nil)
      #expect(trial.served().isPaused == false)
      try await trial.mustRest(manifest)
      await trial.override(true, until: trial.fixture.clock.now() + TimeSpan(seconds: 3600))
      #expect(trial.served().isPaused == true)
      trial.fixture.pass(TimeSpan(seconds: 3601))
      await trial.apply(manifest)
      #expect(trial.served().isPaused == false)
      try await trial.mustRest(manifest)
      trial.fixture.click(.pause, on: 1)
      await trial.override(true)
      await trial.override(false)
      #expect(trial.served().isPaused == false)
      await trial.override(nil)
      #expect(trial.served().isPaused == true, "it was paused by somebody else before")
      try await trial.mustRest(manifest)
    }
  }
}
