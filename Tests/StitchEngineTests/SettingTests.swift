import ContractServers
import EngineAPI
import PipelineModel
import Testing

@testable import StitchEngine

/// What a manifest declares of a source: written where it differs, and nothing else.
@Suite struct SettingTests {
  private func spec(
    _ cadence: Cadence? = nil, zone: String = "UTC", paused: PauseSetting = .unmanaged, source: String = "4711"
  ) -> PipelineSpec {
    let schedule = cadence.map {
      ScheduleSetting.slots(
        Schedule(
          cadence: $0, timeZone: zone, missed: .skip, startDeadline: TimeSpan(seconds: 3600), overlap: .skip,
          transitions: TransitionPolicy()))
    }
    return PipelineSpec(
      engine: EngineSpec(name: "stitch-eu", type: "stitch"), work: .remote(id: source),
      schedule: schedule ?? .unmanaged,
      paused: paused)
  }

  private func cron(minutes: UInt64 = 1, hours: UInt64 = 1 << 6, days: UInt64? = nil, weekdays: UInt64? = nil)
    -> Cadence
  {
    .cron(
      CronExpression(
        text: "", minutes: minutes, hours: hours, days: days ?? 0xFFFF_FFFE, months: 0x1FFE,
        weekdays: weekdays ?? 0x7F, restrictsDays: days != nil, restrictsWeekdays: weekdays != nil))
  }

  private let puts = "PUT /v4/sources/*"

  @Test func `what is as declared is not written`() async throws {
    try await withBench { bench in
      let declared = spec(.every(TimeSpan(seconds: 3600), anchor: nil), paused: .active)
      let drift = try await bench.engine.drift(of: declared)
      #expect(drift == [])
      try await bench.engine.write(declared)
      try await bench.engine.write(spec())
      #expect(bench.calls.count(puts) == 0)
    }
  }

  @Test func `an interval is written once, in minutes, and ends a cron expression`() async throws {
    try await withBench([shop { $0.properties["cron_expression"] = "0 0 6 * * ?" }]) { bench in
      let anchor = Timestamp(seconds: 1_800_003_600)
      let declared = spec(.every(TimeSpan(seconds: 21_600), anchor: anchor))
      let drift = try await bench.engine.drift(of: declared)
      #expect(drift.map(\.path) == ["remote.anchor_time", "remote.cron_expression", "remote.frequency_in_minutes"])
      for _ in 1...2 { try await bench.engine.write(declared) }
      let properties = try #require(bench.dialect.source(4711)?.properties)
      #expect(properties["frequency_in_minutes"] == "360")
      #expect(properties["cron_expression"] == .some(nil))
      #expect(properties["anchor_time"] == anchor.description)
      #expect(properties["start_date"] == "2024-01-01T00:00:00Z")
      #expect(bench.calls.count(puts) == 1)
    }
  }

  @Test func `a cron expression is written as Quartz wants it`() async throws {
    try await withBench { bench in
      try await bench.engine.write(spec(cron(weekdays: 0b0111110)))
      #expect(bench.dialect.source(4711)?.properties["cron_expression"] == "0 0 6 ? * MON,TUE,WED,THU,FRI")
      try await bench.engine.write(spec(cron(minutes: 0b1111 << 15, days: 1 << 1)))
      #expect(bench.dialect.source(4711)?.properties["cron_expression"] == "0 15-18 6 1 * ?")
      try await bench.engine.write(spec(cron(minutes: 1 | 1 << 30, hours: 0xFF_FFFF)))
      #expect(bench.dialect.source(4711)?.properties["cron_expression"] == "0 0,30 * * * ?")
      let drift = try await bench.engine.drift(of: spec(cron(minutes: 1 | 1 << 30, hours: 0xFF_FFFF)))
      #expect(drift == [])
    }
  }

  @Test func `pausing stops the schedule, never a run in progress`() async throws {
    try await withBench { bench in
      let order = bench.order()
      try await bench.start(order)
      try await bench.engine.write(spec(paused: .paused(PauseDetails())))
      #expect(bench.dialect.source(4711)?.pausedAt != nil)
      #expect(try await bench.status(of: order, after: 60) == .active(.extract))
      // Whenever it was: a switch is on or off.
      bench.dialect.change(4711) { $0.pausedAt = Timestamp(seconds: 4_000_000_000) }
      try await bench.engine.write(spec(paused: .paused(PauseDetails())))
      #expect(bench.calls.count(puts) == 1)
      try await bench.engine.write(spec(paused: .active))
      #expect(bench.dialect.source(4711)?.pausedAt == nil)
    }
  }

  @Test func `a pause by Stitch itself is none of ours`() async throws {
    try await withBench([shop { $0.systemPausedAt = Timestamp(seconds: 1) }]) { bench in
      let drift = try await bench.engine.drift(of: spec(paused: .active))
      #expect(drift == [])
    }
  }

  @Test func `a click under our feet is drift, and is corrected`() async throws {
    try await withBench { bench in
      let declared = spec(.every(TimeSpan(seconds: 3600), anchor: nil), paused: .active)
      bench.dialect.change(4711) {
        $0.properties["frequency_in_minutes"] = "30"
        $0.pausedAt = Timestamp(seconds: 1)
      }
      let drift = try await bench.engine.drift(of: declared)
      #expect(
        drift == [
          FieldChange(path: "remote.frequency_in_minutes", before: "30", after: "60"),
          FieldChange(path: "spec.paused", before: "true", after: "false"),
        ])
      try await bench.engine.write(declared)
      let after = try await bench.engine.drift(of: declared)
      #expect(after == [])
    }
  }

  @Test func `an update whose answer is lost is sent again, which does no harm`() async throws {
    try await withBench { bench in
      bench.faults.add(puts, .dropAfter, times: 2)
      try await bench.engine.write(spec(paused: .paused(PauseDetails())))
      #expect(bench.dialect.source(4711)?.pausedAt != nil)
      #expect(bench.calls.count(puts) == 3)
    }
  }

  @Test func `what Stitch cannot keep is told before anything is written`() async throws {
    try await withBench { bench in
      for declared in [
        spec(.every(TimeSpan(milliseconds: 90_500), anchor: nil)), spec(cron(), zone: "Europe/Berlin"),
        spec(cron(days: 1 << 1, weekdays: 1 << 1)),
      ] {
        let error = await #expect(throws: EngineError.self) { try await bench.engine.write(declared) }
        #expect(error?.code == .brokenInput)
      }
      let refused = await #expect(throws: EngineError.self) {
        try await bench.engine.write(spec(.every(TimeSpan(seconds: 2700), anchor: nil)))
      }
      #expect(refused?.code == .refused)
      #expect(refused?.message.contains("frequency_in_minutes is not one of") == true)
      #expect(bench.dialect.source(4711)?.properties["frequency_in_minutes"] == "60")
    }
  }
}
