import PipelineModel
import Testing

@Suite struct CivilTimeTests {
  @Test func `every day of twenty thousand years follows the one before`() {
    var expected = CivilTime(year: -8000, month: 1, day: 1)
    var day = expected.daysSinceEpoch
    var weekday = expected.weekday
    while expected.year < 12_000 {
      let found = CivilTime(secondsSinceEpoch: day * 86_400 + 86_399)
      if found.year != expected.year || found.month != expected.month || found.day != expected.day
        || found.weekday != weekday || found.hour != 23 || found.second != 59
      {
        Issue.record("day \(day) is \(found), not \(expected)")
        return
      }
      expected = following(expected)
      day += 1
      weekday = (weekday + 1) % 7
    }
    #expect(day == CivilTime(year: 12_000, month: 1, day: 1).daysSinceEpoch)
  }

  @Test(
    arguments: [
      (0, 1970, 1, 1, 4), (951_782_400, 2000, 2, 29, 2), (-1, 1969, 12, 31, 3), (-62_135_596_800, 1, 1, 1, 1),
      (253_402_300_799, 9999, 12, 31, 5), (4_107_542_400, 2100, 3, 1, 1),
    ] as [(Int64, Int, Int, Int, Int)])
  func `known days are themselves`(seconds: Int64, year: Int, month: Int, day: Int, weekday: Int) {
    let civil = CivilTime(secondsSinceEpoch: seconds)
    let found: [Int] = [civil.year, civil.month, civil.day, civil.weekday]
    #expect(found == [year, month, day, weekday])
  }

  @Test func `any second within ten thousand years of 1970 comes back`() {
    var state: UInt64 = 42
    for _ in 0..<20_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let seconds = Int64(state >> 1) % 631_139_040_000 - 315_569_520_000
      #expect(CivilTime(secondsSinceEpoch: seconds).secondsSinceEpoch == seconds)
    }
  }

  @Test func `months are as long as they are`() {
    #expect((1...12).map { CivilTime.days(inMonth: $0, of: 2026) } == [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
    #expect([1900, 2000, 2024, 2100].map { CivilTime.days(inMonth: 2, of: $0) } == [28, 29, 29, 28])
  }

  @Test func `civil times are ordered as they come`() {
    #expect(CivilTime(year: 2026, month: 1, day: 31, hour: 23) < CivilTime(year: 2026, month: 2, day: 1))
    #expect(!(CivilTime(year: 2026, month: 2, day: 1) < CivilTime(year: 2026, month: 2, day: 1)))
  }

  private func following(_ civil: CivilTime) -> CivilTime {
    let isLeap = civil.year % 400 == 0 || (civil.year % 4 == 0 && civil.year % 100 != 0)
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    if civil.day < lengths[civil.month - 1] {
      return CivilTime(year: civil.year, month: civil.month, day: civil.day + 1)
    }
    return civil.month < 12
      ? CivilTime(year: civil.year, month: civil.month + 1, day: 1) : CivilTime(year: civil.year + 1, month: 1, day: 1)
  }
}
