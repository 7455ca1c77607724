import ControlLoop
import EngineConformance
import PipelineModel
import SQLiteStore
import StoreAPI
import Testing

/// Somebody clicks in the service's own interface while a controller is at work.
@Suite struct OthersTests {
  @Test(arguments: EngineKind.shared)
  func `a job that somebody else started is a conflict, and stays theirs`(engine: EngineKind) async throws {
    try await engine.tryOut { trial in
      await trial.apply(trial.manifest())
      trial.once(before: .start) {
        trial.fixture.click(.start, on: 1)
        trial.fixture.pass(TimeSpan(seconds: 5))
      }
      let manifest = trial.manifest { $0.start("ours") }
      let result = await trial.apply(manifest, until: .started)
      #expect(result.outcome == .done)
      guard case .refused(.alreadyRunning)? = try trial.result(of: "ours") else {
        Issue.record("it is \(String(describing: try trial.result(of: "ours")))")
        return
      }
      #expect(trial.served().started == 0)
      #expect(trial.served().running == 1)
      #expect(trial.served().stopped == 0)
      #expect(result.runs == [], "nothing was started, so nothing has failed")
      #expect(try trial.run() == nil)
      try await trial.fixture.finishJobs()
      await trial.settle()
      try await trial.mustRest(manifest)
      #expect(trial.served().lastEnd == .byItself)
    }
  }

  @Test(arguments: EngineKind.shared)
  func `a start that waits begins once, when the job of somebody else is over`(engine: EngineKind) async throws {
    try await engine.tryOut { trial in
      await trial.apply(trial.manifest())
      trial.once(before: .start) {
        trial.fixture.click(.start, on: 1)
        trial.fixture.pass(TimeSpan(seconds: 5))
      }
      let manifest = trial.manifest { $0.start("ours", ifRunning: .wait) }
      await trial.apply(manifest, until: .planned)
      #expect(trial.served().started == 0)
      #expect(try trial.result(of: "ours") == nil)
      let result = await trial.apply(manifest)
      #expect(result.outcome == .done)
      #expect(trial.served().started == 1)
      #expect(trial.served().stopped == 0)
      #expect(result.executed.count { $0.operation.verb == "start" } <= 2, "it is asked for again and again")
      try await trial.mustRest(manifest)
      #expect(trial.served().started == 1)
    }
  }

  @Test(arguments: EngineKind.shared)
  func `a run behind which a later job has ended is told as it is or as lost, and goes on as its manifest says`(
    engine: EngineKind
  ) async throws {
    try await engine.tryOut { trial in
      let manifest = trial.manifest {
        $0.start("first")
        $0.retry = RetryPolicy(attempts: 2, backoff: TimeSpan(seconds: 10))
      }
      await trial.apply(manifest, until: .started)
      try await trial.fixture.finishJobs()
      trial.fixture.click(.start, on: 1)
      try await trial.fixture.finishJobs()
      let result = await trial.apply(manifest)
      #expect(result.outcome == .done)
      #expect(try trial.outcome() == .succeeded)
      let attempts = try trial.run()?.report.attempt
      #expect(trial.served().started == attempts)
      try await trial.mustRest(manifest)
    }
  }

  @Test(arguments: EngineKind.shared)
  func `a run that somebody stops at the service is cancelled, and its request has been acted on`(engine: EngineKind)
    async throws
  {
    try await engine.tryOut { trial in
      let manifest = trial.manifest { $0.start("first") }
      await trial.apply(manifest, until: .started)
      trial.fixture.click(.stop, on: 1)
      await trial.apply(manifest)
      #expect(try trial.outcome() == .cancelled)
      #expect(try trial.result(of: "first") == .done(RunID(pipeline: trial.name(), number: 1)))
      try await trial.mustRest(manifest)
      #expect(trial.served().started == 1)
      #expect(trial.served().stopped == 0)
    }
  }

  @Test(arguments: EngineKind.shared)
  func `a service that says the same in other words is understood all the same`(engine: EngineKind) async throws {
    try await engine.tryOut(units: 3) { trial in
      trial.fixture.setReworded(true)
      let manifest = trial.manifest(2) {
        if trial.promises.holdsDefinitions {
          $0.paused = .active
          $0.schedule = .everySixHours
        }
        $0.start("first")
      }
      await trial.apply(manifest, until: .started)
      try await trial.fixture.finishJobs()
      await trial.settle()
      #expect(try trial.outcome(of: 2) == .succeeded)
      #expect(trial.fixture.effects == 1)
      try await trial.mustRest(manifest)
    }
  }

  @Test(arguments: EngineKind.shared.filter(\.holdsDefinitions))
  func `what is changed at the service is put back where it is declared`(engine: EngineKind) async throws {
    try await engine.tryOut { trial in
      let manifest = trial.manifest {
        $0.paused = .active
        $0.schedule = .everySixHours
      }
      await trial.apply(manifest)
      #expect(trial.fixture.effects == 0)
      trial.fixture.click(.pause, on: 1)
      trial.fixture.click(.reschedule, on: 1)
      let preview = try await trial.preview(manifest)
      #expect(preview.plan.operations.map(\.verb) == ["write-settings"])
      #expect(preview.plan.operations.first?.changes.map(\.path) == ["remote.schedule", "remote.paused"])
      await trial.apply(manifest)
      #expect(trial.served().isPaused == false)
      try await trial.mustRest(manifest)
    }
  }

  @Test(arguments: EngineKind.shared.filter(\.holdsDefinitions))
  func `what changes at the service is left where nothing is declared, and told with the time it was first seen`(
    engine: EngineKind
  ) async throws {
    try await engine.tryOut { trial in
      let manifest = trial.manifest()
      await trial.apply(manifest)
      trial.fixture.click(.pause, on: 1)
      trial.fixture.click(.reschedule, on: 1)
      await trial.apply(manifest)
      let seenBy = trial.fixture.clock.now()
      let drift = try trial.drift()
      #expect(Set(drift.map(\.field)) == [.schedule, .paused])
      #expect(drift.allSatisfy { $0.seenAt <= seenBy })
      trial.fixture.pass(TimeSpan(seconds: 3600))
      try await trial.mustRest(manifest)
      let later = try trial.drift()
      #expect(later == drift)
      #expect(trial.served().isPaused == true)
      #expect(trial.fixture.effects == 0)
    }
  }
}

extension Trial {
  /// What somebody changed at the first unit, as it is recorded.
  fileprivate func drift() throws -> [Drift] {
    try store.load(StoreQuery()).pipeline(name())?.held?.drift ?? []
  }
}

extension ScheduleSetting {
  fileprivate static let everySixHours = ScheduleSetting.slots(
    Schedule(
      cadence: .every(TimeSpan(seconds: 6 * 3600), anchor: nil), timeZone: "UTC", missed: .skip,
      startDeadline: TimeSpan(seconds: 3600), overlap: .skip, transitions: TransitionPolicy()))
}
