import PipelineModel
import Scheduling
import Testing

@Suite struct SlotTests {
  @Test func `the next slot is strictly after, the previous one at or before`() throws {
    let daily = try schedule("0 6 * * *")
    let six = try instant("2026-11-21T06:00:00Z")
    #expect(nextSlot(after: six, of: daily, in: .utc)?.instant == (try instant("2026-11-22T06:00:00Z")))
    #expect(previousSlot(atOrBefore: six, of: daily, in: .utc)?.instant == six)
    let justBefore = six - TimeSpan(milliseconds: 1)
    #expect(nextSlot(after: justBefore, of: daily, in: .utc)?.instant == six)
    #expect(previousSlot(atOrBefore: justBefore, of: daily, in: .utc)?.instant == (try instant("2026-11-20T06:00:00Z")))
  }

  @Test func `slots lie from the start on and before the end`() throws {
    let hourly = try schedule("0 * * * *")
    let from = try instant("2026-11-21T00:00:00Z")
    let found = slots(of: hourly, in: .utc, from: from, to: from + TimeSpan(seconds: 7200), limit: 10)
    #expect(found.map(\.instant.description) == ["2026-11-21T00:00:00Z", "2026-11-21T01:00:00Z"])
    #expect(slots(of: hourly, in: .utc, from: from, to: from + TimeSpan(seconds: 86_400), limit: 3).count == 3)
    #expect(slots(of: hourly, in: .utc, from: from, to: from, limit: 3).isEmpty)
  }

  struct Example: Sendable, CustomTestStringConvertible {
    let zone: String
    let cron: String
    var policy = TransitionPolicy()
    let from: String
    /// The slots that follow, in UTC, with `s` for shifted, `1` and `2` for the two passes of a fold.
    let slots: [String]
    var testDescription: String { "\(cron) \(zone) \(policy.gap) \(policy.fold)" }
  }

  static let examples: [Example] = [
    // Berlin, 2026-03-29: 02:00 becomes 03:00 at 01:00Z.
    Example(
      zone: "Europe/Berlin", cron: "30 2 * * *", from: "2026-03-28T00:00:00Z",
      slots: ["2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z s", "2026-03-30T00:30:00Z"]),
    Example(
      zone: "Europe/Berlin", cron: "30 2 * * *", policy: TransitionPolicy(gap: .skip), from: "2026-03-28T00:00:00Z",
      slots: ["2026-03-28T01:30:00Z", "2026-03-30T00:30:00Z"]),
    Example(
      zone: "Europe/Berlin", cron: "*/15 2 * * *", from: "2026-03-28T01:40:00Z",
      slots: ["2026-03-28T01:45:00Z", "2026-03-29T01:00:00Z s", "2026-03-30T00:00:00Z"]),
    Example(
      zone: "Europe/Berlin", cron: "30 2,3 * * *", from: "2026-03-29T00:00:00Z",
      slots: ["2026-03-29T01:00:00Z s", "2026-03-29T01:30:00Z"]),
    Example(
      zone: "Europe/Berlin", cron: "0 2,3 * * *", from: "2026-03-29T00:00:00Z",
      slots: ["2026-03-29T01:00:00Z", "2026-03-30T00:00:00Z"]),
    Example(
      zone: "Europe/Berlin", cron: "0 * * * *", from: "2026-03-28T23:30:00Z",
      slots: ["2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z"]),
    Example(
      zone: "Europe/Berlin", cron: "0 */2 * * *", from: "2026-03-28T22:30:00Z",
      slots: ["2026-03-28T23:00:00Z", "2026-03-29T01:00:00Z s", "2026-03-29T02:00:00Z"]),
    // Berlin, 2026-10-25: 03:00 becomes 02:00 at 01:00Z.
    Example(
      zone: "Europe/Berlin", cron: "30 2 * * *", from: "2026-10-25T00:00:00Z",
      slots: ["2026-10-25T00:30:00Z 1", "2026-10-26T01:30:00Z"]),
    Example(
      zone: "Europe/Berlin", cron: "30 2 * * *", policy: TransitionPolicy(fold: .second), from: "2026-10-25T00:00:00Z",
      slots: ["2026-10-25T01:30:00Z 2", "2026-10-26T01:30:00Z"]),
    Example(
      zone: "Europe/Berlin", cron: "30 2 * * *", policy: TransitionPolicy(fold: .both), from: "2026-10-25T00:00:00Z",
      slots: ["2026-10-25T00:30:00Z 1", "2026-10-25T01:30:00Z 2", "2026-10-26T01:30:00Z"]),
    Example(
      zone: "Europe/Berlin", cron: "30 * * * *", from: "2026-10-25T00:00:00Z",
      slots: ["2026-10-25T00:30:00Z 1", "2026-10-25T01:30:00Z 2", "2026-10-25T02:30:00Z"]),
    // Lord Howe jumps by half an hour, on 2026-10-04 from 02:00 to 02:30 at 15:30Z.
    Example(
      zone: "Australia/Lord_Howe", cron: "0 * * * *", from: "2026-10-03T14:00:00Z",
      slots: ["2026-10-03T14:30:00Z", "2026-10-03T15:30:00Z s", "2026-10-03T16:00:00Z"]),
    Example(
      zone: "Australia/Lord_Howe", cron: "15 2 * * *", from: "2026-10-03T00:00:00Z",
      slots: ["2026-10-03T15:30:00Z s", "2026-10-04T15:15:00Z"]),
    // Troll jumps by two hours, on 2026-03-29 from 01:00 to 03:00 at 01:00Z.
    Example(
      zone: "Antarctica/Troll", cron: "0 1,2 * * *", from: "2026-03-29T00:00:00Z",
      slots: ["2026-03-29T01:00:00Z s", "2026-03-29T23:00:00Z"]),
    // Apia had no 2011-12-30.
    Example(
      zone: "Pacific/Apia", cron: "0 9 30 * *", from: "2011-12-01T00:00:00Z",
      slots: ["2011-12-30T10:00:00Z s", "2012-01-29T19:00:00Z"]),
    // Havana, 2026-03-08: midnight becomes 01:00 at 05:00Z.
    Example(
      zone: "America/Havana", cron: "0 0 * * *", from: "2026-03-07T12:00:00Z",
      slots: ["2026-03-08T05:00:00Z s", "2026-03-09T04:00:00Z"]),
    Example(
      zone: "America/Havana", cron: "0 */12 * * *", from: "2026-03-07T12:00:00Z",
      slots: ["2026-03-07T17:00:00Z", "2026-03-08T05:00:00Z s", "2026-03-08T16:00:00Z"]),
  ]

  @Test(arguments: examples)
  func `a transition does to a slot what the policy says`(example: Example) throws {
    let sequence = SlotSequence(
      of: try schedule(example.cron, transitions: example.policy), in: try zone(example.zone))
    var cursor = try instant(example.from)
    var found: [String] = []
    for _ in example.slots {
      let slot = try #require(sequence.next(after: cursor))
      found.append(slot.instant.description + suffix(slot.mark))
      cursor = slot.instant
    }
    #expect(found == example.slots)
  }

  @Test func `a shifted slot tells the wall time that does not exist`() throws {
    let slot = nextSlot(
      after: try instant("2026-03-29T00:00:00Z"), of: try schedule("45,30 2 * * *"), in: try zone("Europe/Berlin"))
    #expect(slot?.mark == .shifted(from: CivilTime(year: 2026, month: 3, day: 29, hour: 2, minute: 30)))
  }

  @Test func `rare days are found over decades, and never is never`() throws {
    let after2096 = try instant("2096-03-01T00:00:00Z")
    #expect(
      nextSlot(after: after2096, of: try schedule("0 0 29 2 *"), in: .utc)?.instant.description
        == "2104-02-29T00:00:00Z")
    let sunday = try schedule("0 0 29 2 */7")
    #expect(
      nextSlot(after: try instant("2088-03-01T00:00:00Z"), of: sunday, in: .utc)?.instant.description
        == "2128-02-29T00:00:00Z")
    #expect(
      previousSlot(atOrBefore: try instant("2128-02-28T00:00:00Z"), of: sunday, in: .utc)?.instant.description
        == "2088-02-29T00:00:00Z")
    let never = CronExpression(
      text: "0 0 30 2 *", minutes: 1, hours: 1, days: 1 << 30, months: 1 << 2, weekdays: 127, restrictsDays: true,
      restrictsWeekdays: false)
    #expect(nextSlot(after: after2096, of: schedule(.cron(never)), in: try zone("Europe/Berlin")) == nil)
    #expect(previousSlot(atOrBefore: after2096, of: schedule(.cron(never)), in: try zone("Europe/Berlin")) == nil)
  }

  @Test(arguments: [Int64.min, Int64.min + 1, Int64.max - 1, Int64.max])
  func `the ends of time have an answer`(milliseconds: Int64) throws {
    let end = Timestamp(milliseconds: milliseconds)
    let minutely = try schedule("* * * * *")
    let isEarly = milliseconds < 0
    #expect(
      nextSlot(after: end, of: minutely, in: .utc)?.instant.description == (isEarly ? "0001-01-01T00:00:00Z" : nil))
    #expect(
      previousSlot(atOrBefore: end, of: minutely, in: .utc)?.instant.description
        == (isEarly ? nil : "9999-12-31T23:59:00Z"))
    for anchor in [nil, Timestamp(milliseconds: .max), Timestamp(milliseconds: .min)] {
      let hourly = schedule(.every(TimeSpan(seconds: 3600), anchor: anchor))
      if let next = nextSlot(after: end, of: hourly, in: .utc) { #expect(next.instant > end) }
      if let previous = previousSlot(atOrBefore: end, of: hourly, in: .utc) { #expect(previous.instant <= end) }
    }
  }

  private func suffix(_ mark: SlotMark?) -> String {
    switch mark {
    case nil: ""
    case .shifted: " s"
    case .firstOfFold: " 1"
    case .secondOfFold: " 2"
    }
  }
}
