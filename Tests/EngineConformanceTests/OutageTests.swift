import ControlLoop
import EngineConformance
import PipelineModel
import Testing

/// What cannot be read justifies nothing (law 7).
@Suite struct OutageTests {
  @Test(arguments: EngineKind.allCases)
  func `an hour without the service changes nothing, and costs nothing when it is over`(engine: EngineKind)
    async throws
  {
    try await engine.tryOut { trial in
      let manifest = trial.manifest { $0.start("first") }
      await trial.apply(manifest, until: .started)
      try await trial.awaitRunning()
      trial.fixture.setReachable(false)
      for _ in 1...6 {
        trial.fixture.pass(TimeSpan(seconds: 600))
        let preview = try await trial.preview(manifest)
        #expect(preview.plan.operations == [])
        let asked = await trial.ask("next", .start(StartOptions(ifRunning: .wait)))
        guard case .enginesUnavailable = asked.outcome else {
          Issue.record("it ends with \(asked.outcome)")
          return
        }
        #expect(try trial.result(of: "next") == nil)
        #expect(try trial.run()?.isActive == true)
      }
      trial.fixture.setReachable(true)
      #expect(trial.served().started == 1)
      #expect(trial.served().running == 1)
      try await trial.fixture.finishJobs()
      await trial.apply(manifest, until: .started)
      try await trial.awaitRunning()
      try await trial.fixture.finishJobs()
      await trial.settle()
      #expect(try trial.outcome() == .succeeded)
      #expect(try trial.outcome(ofRun: 2) == .succeeded)
      #expect(trial.served().started == 2)
      try await trial.mustRest(manifest)
    }
  }
}
