import PipelineModel
import Scheduling
import Testing

@Suite struct IntervalTests {
  @Test(arguments: [
    ("30m", nil, "2026-11-21T05:07:12Z", "2026-11-21T05:30:00Z", "2026-11-21T05:00:00Z"),
    ("30m", nil, "2026-11-21T05:30:00Z", "2026-11-21T06:00:00Z", "2026-11-21T05:30:00Z"),
    ("7h", "2026-11-20T01:00:00Z", "2026-11-21T05:00:00Z", "2026-11-21T12:00:00Z", "2026-11-21T05:00:00Z"),
    ("7h", "2026-11-21T12:00:00Z", "2026-11-21T04:00:00Z", "2026-11-21T05:00:00Z", "2026-11-20T22:00:00Z"),
    ("1d", "1969-12-31T23:00:00Z", "1969-12-30T23:30:00Z", "1969-12-31T23:00:00Z", "1969-12-30T23:00:00Z"),
  ])
  func `slots are whole steps from the anchor, before it too`(
    step: String, anchor: String?, at: String, next: String, previous: String
  ) throws {
    let span = try #require(TimeSpan(text: step))
    let every = schedule(.every(span, anchor: try anchor.map(instant)))
    #expect(nextSlot(after: try instant(at), of: every, in: .utc)?.instant.description == next)
    #expect(previousSlot(atOrBefore: try instant(at), of: every, in: .utc)?.instant.description == previous)
  }

  @Test func `a day of elapsed time does not follow the clock of a zone`() throws {
    let berlin = try zone("Europe/Berlin")
    let anchor = try instant("2026-03-28T05:00:00Z")
    let daily = schedule(.every(TimeSpan(seconds: 86_400), anchor: anchor))
    let next = try #require(nextSlot(after: anchor, of: daily, in: berlin))
    #expect(next.mark == nil)
    #expect(berlin.civilTime(at: anchor).hour == 6)
    #expect(berlin.civilTime(at: next.instant).hour == 7)
  }

  @Test(arguments: [0, -1] as [Int64])
  func `a step that is not positive has no slots`(milliseconds: Int64) {
    let every = schedule(.every(TimeSpan(milliseconds: milliseconds), anchor: nil))
    #expect(nextSlot(after: Timestamp(seconds: 0), of: every, in: .utc) == nil)
    #expect(previousSlot(atOrBefore: Timestamp(seconds: 0), of: every, in: .utc) == nil)
  }
}
