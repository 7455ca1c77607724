import PipelineModel
import Testing

@testable import PipectlCommands

struct SlotListTests {
  private let berlin = ZoneRules(
    name: "Europe/Berlin", initialOffset: 3600,
    transitions: [
      ZoneRules.Transition(at: 1_774_746_000, offset: 7200), ZoneRules.Transition(at: 1_792_890_000, offset: 3600),
    ])

  /// 02:30 each day.
  private func schedule(_ fold: TransitionPolicy.Fold = .both) -> Schedule {
    let expression = CronExpression(
      text: "30 2 * * *", minutes: 1 << 30, hours: 1 << 2, days: 0xFFFF_FFFE, months: 0x1FFE, weekdays: 0x7F,
      restrictsDays: false, restrictsWeekdays: false)
    return Schedule(
      cadence: .cron(expression), timeZone: "Europe/Berlin", missed: .skip, startDeadline: TimeSpan(seconds: 3600),
      overlap: .skip, transitions: TransitionPolicy(gap: .shift, fold: fold))
  }

  private func view(from day: String, count: Int) throws -> SlotListView {
    let start = try #require(Timestamp(rfc3339: day))
    return SlotListView(Sample.orders, schedule(), zone: berlin, after: start, count: count)
  }

  @Test func `a slot in a gap is marked as shifted`() throws {
    let slots = try view(from: "2026-03-28T12:00:00Z", count: 2).slots
    #expect(slots.map(\.at) == ["2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z"])
    #expect(slots.map(\.local) == ["2026-03-29 03:00", "2026-03-30 02:30"])
    #expect(slots[0].offset == "+02:00")
    #expect(slots[0].mark == "shifted from 2026-03-29 02:30, which the clocks jump over")
    #expect(slots[1].mark == nil)
  }

  @Test func `both slots of a fold are marked`() throws {
    let slots = try view(from: "2026-10-24T12:00:00Z", count: 2).slots
    #expect(slots.map(\.at) == ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"])
    #expect(slots.map(\.local) == ["2026-10-25 02:30", "2026-10-25 02:30"])
    #expect(slots.map(\.offset) == ["+02:00", "+01:00"])
    #expect(slots[0].mark?.hasPrefix("the first of two") ?? false)
    #expect(slots[1].mark?.hasPrefix("the second of two") ?? false)
  }

  @Test func `the text says past and future`() throws {
    let now = try #require(Timestamp(rfc3339: "2026-03-29T12:00:00Z"))
    let text = try view(from: "2026-03-28T12:00:00Z", count: 2).text(now: now, paint: Paint(isOn: false))
    #expect(text.contains("11h 0m ago"))
    #expect(text.contains("in 12h 30m"))
  }
}
