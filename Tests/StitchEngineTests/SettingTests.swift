import ContractServers
import EngineAPI
import PipelineModel
import Testing

@testable import StitchEngine

/// What a manifest declares of a source: written where it differs, and nothing else.
@Suite struct SettingTests {
  private func order(
    _ cadence: Cadence? = nil, zone: String = "UTC", isPaused: Bool? = nil, source: String = "4711"
  ) -> SettingsOrder {
    let schedule = cadence.map {
      Schedule(
        cadence: $0, timeZone: zone, missed: .skip, startDeadline: TimeSpan(seconds: 3600), overlap: .skip,
        transitions: TransitionPolicy())
    }
    return SettingsOrder(
      engine: EngineSpec(name: "stitch-eu", type: "stitch"), id: source, schedule: schedule, isPaused: isPaused)
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
      try await bench.engine.write(order(.every(TimeSpan(seconds: 3600), anchor: nil), isPaused: false))
      try await bench.engine.write(order())
      #expect(bench.calls.count(puts) == 0)
    }
  }

  @Test func `an interval is written once, in minutes, and ends a cron expression`() async throws {
    try await withBench([shop { $0.properties["cron_expression"] = "0 0 6 * * ?" }]) { bench in
      let cadence = Cadence.every(TimeSpan(seconds: 21_600), anchor: Timestamp(seconds: 1_800_003_600))
      #expect(try await bench.held().schedule.keeps(cron()))
      for _ in 1...2 { try await bench.engine.write(order(cadence)) }
      let properties = try #require(bench.dialect.source(4711)?.properties)
      #expect(properties["frequency_in_minutes"] == "360")
      #expect(properties["cron_expression"] == .some(nil))
      #expect(properties["anchor_time"] == "2027-01-15T09:00:00Z")
      #expect(properties["start_date"] == "2024-01-01T00:00:00Z")
      #expect(bench.calls.count(puts) == 1)
      #expect(try await bench.held().schedule == .cadence(cadence))
    }
  }

  @Test func `a cron expression is written as Quartz wants it, and read as it was meant`() async throws {
    try await withBench { bench in
      let written: [(Cadence, String)] = [
        (cron(weekdays: 0b0111110), "0 0 6 ? * MON,TUE,WED,THU,FRI"),
        (cron(minutes: 0b1111 << 15, days: 1 << 1), "0 15-18 6 1 * ?"),
        (cron(minutes: 1 | 1 << 30, hours: 0xFF_FFFF), "0 0,30 * * * ?"), (cron(days: 1 << 32), "0 0 6 L * ?"),
        (cron(weekdays: 1 << 53), "0 0 6 ? * 6L"), (cron(weekdays: 1 << 21), "0 0 6 ? * 6#2"),
        (cron(weekdays: 1 << 40), "0 0 6 ? * 1#5"),
      ]
      for (cadence, text) in written {
        for _ in 1...2 { try await bench.engine.write(order(cadence)) }
        #expect(bench.dialect.source(4711)?.properties["cron_expression"] == text)
        #expect(try await bench.held().schedule.keeps(cadence))
      }
      #expect(bench.calls.count(puts) == written.count)
    }
  }

  @Test func `a cron expression that Stitch shows in other words is the one that was written`() async throws {
    var habits = StitchAccount.Habits()
    habits.showsYears = true
    try await withBench(habits: habits) { bench in
      for _ in 1...2 { try await bench.engine.write(order(cron())) }
      #expect(bench.calls.count(puts) == 1)
      #expect(bench.dialect.source(4711)?.properties["cron_expression"] == "0 0 6 * * ? *")
      bench.dialect.change(4711) { $0.properties["cron_expression"] = "0 0 6 ? * MON-FRI" }
      try await bench.engine.write(order(cron(weekdays: 0b0111110)))
      #expect(bench.calls.count(puts) == 1)
    }
  }

  @Test func `what somebody wrote in Stitch is understood, or said as it is`() async throws {
    try await withBench { bench in
      let known: [(String, Cadence)] = [
        ("0 0/30 * * * ?", cron(minutes: 1 | 1 << 30, hours: 0xFF_FFFF)),
        ("0 0 6 ? * 2-6 *", cron(weekdays: 0b0111110)),
        ("0 */20 6 ? * mon-fri", cron(minutes: 1 | 1 << 20 | 1 << 40, weekdays: 0b0111110)),
        ("0 0 6 L * ?", cron(days: 1 << 32)), ("0 0 6 ? * 2#1", cron(weekdays: 1 << 9)),
        ("0 0 6 ? * FRIL", cron(weekdays: 1 << 53)),
      ]
      for (text, cadence) in known {
        bench.dialect.change(4711) { $0.properties["cron_expression"] = text }
        let held = try await bench.held()
        #expect(held.schedule.keeps(cadence), "\(text)")
      }
      for text in [
        "0 0 6 L-3 * ?", "0 0 6 LW * ?", "0 0 6 ? * L", "0 0 6 ? * 2#6", "30 0 6 * * ?", "0 0 6 * * ? 2030",
        "0 61 6 * * ?", "0 5-1 6 * * ?",
      ] {
        bench.dialect.change(4711) { $0.properties["cron_expression"] = text }
        let held = try await bench.held()
        #expect(held.schedule == .other(text))
      }
    }
  }

  @Test func `pausing stops the schedule, never a run in progress`() async throws {
    try await withBench { bench in
      let run = bench.order()
      try await bench.start(run)
      try await bench.engine.write(order(isPaused: true))
      #expect(bench.dialect.source(4711)?.pausedAt != nil)
      #expect(try await bench.held().isPaused)
      #expect(try await bench.status(of: run, after: 60) == .active(.extract))
      // Whenever it was: a switch is on or off.
      bench.dialect.change(4711) { $0.pausedAt = Timestamp(seconds: 4_000_000_000) }
      try await bench.engine.write(order(isPaused: true))
      #expect(bench.calls.count(puts) == 1)
      try await bench.engine.write(order(isPaused: false))
      #expect(bench.dialect.source(4711)?.pausedAt == nil)
    }
  }

  @Test func `a pause by Stitch itself is told apart from one of ours`() async throws {
    try await withBench([shop { $0.systemPausedAt = Timestamp(seconds: 1) }]) { bench in
      let held = try await bench.held()
      #expect(!held.isPaused)
      #expect(held.hold?.contains("1970-01-01") == true)
    }
  }

  @Test func `an update whose answer is lost is sent again, which does no harm`() async throws {
    try await withBench { bench in
      bench.faults.add(puts, .dropAfter, times: 2)
      try await bench.engine.write(order(isPaused: true))
      #expect(bench.dialect.source(4711)?.pausedAt != nil)
      #expect(bench.calls.count(puts) == 3)
    }
  }

  @Test func `what Stitch cannot keep is told, and nothing is changed`() async throws {
    try await withBench { bench in
      for declared in [
        order(.every(TimeSpan(milliseconds: 90_500), anchor: nil)), order(cron(), zone: "Europe/Berlin"),
        order(cron(days: 1 << 1, weekdays: 1 << 1)), order(cron(days: 1 << 1 | 1 << 32)),
        order(cron(weekdays: 1 << 1 | 1 << 21)), order(cron(weekdays: 1 << 53 | 1 << 21)),
        order(cron(days: 0xFFFF_FFFE, weekdays: 1 << 1)),
      ] {
        let error = await #expect(throws: EngineError.self) { try await bench.engine.write(declared) }
        #expect(error?.code == .brokenInput)
      }
      let refused = await #expect(throws: EngineError.self) {
        try await bench.engine.write(order(.every(TimeSpan(seconds: 2700), anchor: nil)))
      }
      #expect(refused?.code == .refused)
      #expect(refused?.message.contains("frequency_in_minutes is not one of") == true)
      let held = try await bench.held()
      #expect(held.schedule == .cadence(.every(TimeSpan(seconds: 3600), anchor: nil)))
    }
  }
}

extension Bench {
  fileprivate func held() async throws -> HeldDefinition {
    try #require(await engine.look().held.first)
  }
}
