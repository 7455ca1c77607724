import ControlLoop
import EngineConformance
import PipelineModel
import SQLiteStore
import StoreAPI
import Testing

/// A service that tells of one object as its documents do not: what can be understood is, and what cannot concerns that object alone.
@Suite struct OddAnswerTests {
  private static func schedule(hours: Int64) -> ScheduleSetting {
    .slots(
      Schedule(
        cadence: .every(TimeSpan(seconds: hours * 3600), anchor: nil), timeZone: "UTC", missed: .skip,
        startDeadline: TimeSpan(seconds: 3600), overlap: .skip, transitions: TransitionPolicy()))
  }

  private func manifests(_ trial: Trial, hours: Int64 = 6) -> [DesiredPipeline] {
    (1...2).map { unit in
      trial.manifest(unit) {
        $0.paused = .active
        $0.schedule = Self.schedule(hours: hours)
      }
    }
  }

  /// What the service calls a unit.
  private func id(_ trial: Trial, _ unit: Int) -> String {
    switch trial.fixture.spec(of: unit).work {
    case .remote(let id): id
    case .migration(let migration): migration.project
    case .replication, .command: ""
    }
  }

  private static let understood: [(EngineKind, String, String?)] = [
    (.stitch, "properties", #"{"frequency_in_minutes": 360, "start_date": true, "odd": {"a": [1]}, "none": null}"#),
    (.stitch, "display_name", "5"), (.stitch, "type", "null"), (.stitch, "report_card", "7"),
    (.stitch, "stitch_client_id", #""90001""#), (.stitch, "report_card", #"{"current_step_type": ["odd"]}"#),
    (.hevo, "name", "5"), (.hevo, "name", "{}"), (.hevo, "status", #""SOMETHING_NEW""#),
    (.hevo, "schedule", #"{"sync_type": "SCHEDULED", "frequency_minutes": "360"}"#),
  ]

  @Test(arguments: understood)
  func `what is told in another form is understood`(engine: EngineKind, member: String, value: String?) async throws {
    try await engine.tryOut(units: 2) { trial in
      await trial.apply(manifests(trial), until: .settled)
      trial.fixture.setOddity(Oddity(of: id(trial, 1), member, value))
      let plan = try await trial.preview(manifests(trial)[0], manifests(trial)[1]).plan
      #expect(plan.operations == [] && plan.warnings == [])
      #expect(trial.fixture.effects == 0)
    }
  }

  private static let unread: [(EngineKind, String, String?)] = [
    (.stitch, "name", "null"), (.stitch, "name", nil), (.stitch, "paused_at", "{}"),
    (.stitch, "stitch_client_id", "[]"), (.stitch, "properties", "[1]"),
    (.hevo, "status", "[]"), (.hevo, "schedule", "[]"), (.hevo, "schedule", #"{"frequency_minutes": {}}"#),
  ]

  @Test(arguments: unread)
  func `what cannot be understood of one object is told, and keeps nothing from being done to the others`(
    engine: EngineKind, member: String, value: String?
  ) async throws {
    try await engine.tryOut(units: 2) { trial in
      await trial.apply(manifests(trial), until: .settled)
      trial.fixture.setOddity(Oddity(of: id(trial, 1), member, value))
      let plan = try await trial.preview(manifests(trial)[0], manifests(trial)[1]).plan
      guard case .unread(trial.name(1), _, let words)? = plan.warnings.first else {
        Issue.record("it is not told: \(plan.warnings)")
        return
      }
      #expect(plan.warnings.count == 1 && words.contains(member) && words.contains(id(trial, 1)))
      await trial.apply(manifests(trial, hours: 12), until: .settled)
      #expect(trial.fixture.effects == 1, "the other one is written")
      #expect(try trial.unread(1) == words && trial.unread(2) == nil)
      trial.fixture.setOddity(nil)
      await trial.apply(manifests(trial, hours: 12), until: .settled)
      #expect(trial.fixture.effects == 2)
      #expect(try trial.unread(1) == nil)
    }
  }

  @Test func `an extraction that cannot be read hides the end of its own run alone`() async throws {
    try await EngineKind.stitch.tryOut(units: 2) { trial in
      let manifests = (1...2).map { trial.manifest($0) { $0.start("first") } }
      await trial.apply(manifests, until: .started)
      trial.fixture.setOddity(Oddity(of: id(trial, 1), "tap_exit_status", "{}"))
      try await trial.fixture.finishJobs()
      for _ in 1...4 {
        trial.fixture.pass(TimeSpan(seconds: 60))
        await trial.apply(manifests, until: .planned)
      }
      #expect(try trial.outcome(of: 1) == nil)
      #expect(try trial.outcome(of: 2) == .succeeded)
      trial.fixture.setOddity(Oddity(of: id(trial, 1), "tap_exit_status", #""0""#))
      await trial.apply(manifests)
      #expect(try trial.outcome(of: 1) == .succeeded)
    }
  }

  @Test func `a job that cannot be read leaves its pipeline alone unread, and nothing is started twice`() async throws {
    try await EngineKind.hevo.tryOut(units: 2) { trial in
      let manifests = (1...2).map { trial.manifest($0) { $0.start("first") } }
      await trial.apply(manifests, until: .started)
      trial.fixture.setOddity(Oddity(of: id(trial, 1), "created_ts", "null"))
      try await trial.fixture.finishJobs()
      for _ in 1...4 {
        trial.fixture.pass(TimeSpan(seconds: 120))
        await trial.apply(manifests, until: .planned)
      }
      #expect(try trial.outcome(of: 1) == nil)
      #expect(try trial.unread(1)?.contains("created_ts") == true)
      #expect(try trial.outcome(of: 2) == .succeeded)
      trial.fixture.setOddity(nil)
      await trial.apply(manifests)
      #expect(try trial.outcome(of: 1) == .succeeded)
      #expect(trial.served(1).started == 1)
    }
  }

  @Test(arguments: [("id", "null"), ("status", "7"), ("options", #""odd""#), ("statistics", "[]"), ("cdcStatus", "{}")])
  func `a job of another project that cannot be read is in nobody's way`(member: String, value: String) async throws {
    try await EngineKind.relationalMigrator.tryOut(units: 2) { trial in
      trial.fixture.click(.start, on: 2)
      try await trial.fixture.finishJobs()
      let manifest = trial.manifest(1) { $0.start("first") }
      await trial.apply(manifest, until: .started)
      trial.fixture.setOddity(Oddity(of: id(trial, 2), member, value))
      try await trial.fixture.finishJobs()
      await trial.settle()
      #expect(try trial.outcome(of: 1) == .succeeded)
    }
  }
}

extension Trial {
  fileprivate func unread(_ unit: Int) throws -> String? {
    try store.load(StoreQuery()).pipeline(name(unit))?.held?.definition.unread
  }
}
