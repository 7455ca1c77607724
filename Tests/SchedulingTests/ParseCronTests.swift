import PipelineModel
import Scheduling
import Testing

@Suite struct ParseCronTests {
  @Test(arguments: [
    ("*/15 * * * *", "0,15,30,45 * * * *"),
    ("5/10 * * * *", "5,15,25,35,45,55 * * * *"),
    ("0 1-10/2 * * *", "0 1,3,5,7,9 * * *"),
    ("0 0 1 jan,Feb-aPr *", "0 0 1 1,2,3,4 *"),
    ("0 0 1 * sun,MON", "0 0 1 * 0,1"),
    ("0 0 1 * 7", "0 0 1 * 0"),
    ("0 0 1 * 5-7", "0 0 1 * 0,5,6"),
    ("0 0 1 * FRI-SUN", "0 0 1 * 0,5,6"),
    ("0 0 1 * SUN-SAT", "0 0 1 * 0-6"),
    ("0 0 1 * 0-7", "0 0 1 * 0-6"),
    ("  0\t6 *  * * ", "0 6 * * *"),
    ("0 0 l * 7L,sun#2,friL", "0 0 L * 0L,0#2,5l"),
    ("@hourly", "0 * * * *"),
    ("@Daily", "0 0 * * *"),
    ("@weekly", "0 0 * * SUN"),
    ("@monthly", "0 0 1 * *"),
    ("@yearly", "0 0 1 1 *"),
    ("00 06 * * *", "0 6 * * *"),
  ])
  func `two spellings mean the same`(left: String, right: String) throws {
    #expect(try meaning(left) == meaning(right))
  }

  @Test func `a text becomes sets`() throws {
    let cron = try cron("*/20 9-11 1,15 */6 MON-FRI")
    #expect(cron.text == "*/20 9-11 1,15 */6 MON-FRI")
    #expect(members(cron.minutes) == [0, 20, 40])
    #expect(members(cron.hours) == [9, 10, 11])
    #expect(members(cron.days) == [1, 15])
    #expect(members(cron.months) == [1, 7])
    #expect(members(cron.weekdays) == [1, 2, 3, 4, 5])
    #expect(cron.restrictsDays && cron.restrictsWeekdays)
    #expect(try !SchedulingTests.cron("0 0 */2 * *,1").restrictsDays)
  }

  struct Mistake: Sendable, CustomTestStringConvertible {
    let text: String
    /// The part of the text that the error points at.
    let at: String
    let kind: CronMistake
    let headline: String
    var replacement: String?
    var testDescription: String { text }
  }

  static let mistakes: [Mistake] = [
    Mistake(
      text: "0 25 * * *", at: "25", kind: .outsideBounds(.hour, value: "25"),
      headline: "schedule hour 25 is outside 0...23", replacement: "1"),
    Mistake(
      text: "60 1 * * *", at: "60", kind: .outsideBounds(.minute, value: "60"),
      headline: "schedule minute 60 is outside 0...59"),
    Mistake(
      text: "0 0 0 * *", at: "0", kind: .outsideBounds(.day, value: "0"), headline: "schedule day 0 is outside 1...31"),
    Mistake(
      text: "0 0 1 13 *", at: "13", kind: .outsideBounds(.month, value: "13"),
      headline: "schedule month 13 is outside 1...12"),
    Mistake(
      text: "0 0 * * 1-8", at: "8", kind: .outsideBounds(.weekday, value: "8"),
      headline: "schedule weekday 8 is outside 0...7"),
    Mistake(
      text: "0 99999999999999999999999999 * * *", at: "99999999999999999999999999",
      kind: .outsideBounds(.hour, value: "99999999999999999999999…"),
      headline: "schedule hour 99999999999999999999999… is outside 0...23"),
    Mistake(
      text: "0 22-2 * * *", at: "22-2", kind: .reversedRange(.hour, from: "22", to: "2"),
      headline: "schedule hour range 22-2 runs backwards", replacement: "22-23,0-2"),
    Mistake(
      text: "0 0 5-1 * *", at: "5-1", kind: .reversedRange(.day, from: "5", to: "1"),
      headline: "schedule day range 5-1 runs backwards", replacement: "5-31,1-1"),
    Mistake(
      text: "0 0 * * FRI-MON", at: "FRI-MON", kind: .reversedRange(.weekday, from: "FRI", to: "MON"),
      headline: "schedule weekday range FRI-MON runs backwards", replacement: "5-6,0-1"),
    Mistake(text: "*/0 * * * *", at: "0", kind: .zeroStep(.minute), headline: "schedule minute step is 0"),
    Mistake(
      text: "*/90 * * * *", at: "90", kind: .stepTooLarge(.minute, step: "90"),
      headline: "schedule minute step 90 is larger than the 60 values of the field"),
    Mistake(
      text: "0 */x * * *", at: "*/x", kind: .incompleteStep(.hour, item: "*/x"),
      headline: "schedule hour `*/x` is not a step"),
    Mistake(
      text: "0 /5 * * *", at: "/", kind: .incompleteStep(.hour, item: "/"), headline: "schedule hour `/` is not a step"),
    Mistake(
      text: "0 5- * * *", at: "5-", kind: .incompleteRange(.hour, item: "5-"),
      headline: "schedule hour `5-` is not a range"),
    Mistake(
      text: "-5 0 * * *", at: "-5", kind: .incompleteRange(.minute, item: "-5"),
      headline: "schedule minute `-5` is not a range"),
    Mistake(
      text: "0 1,,2 * * *", at: ",", kind: .emptyItem(.hour), headline: "schedule hour has an empty item in its list"
    ),
    Mistake(
      text: "0 , * * *", at: ",", kind: .emptyItem(.hour), headline: "schedule hour has an empty item in its list"),
    Mistake(
      text: "0 1, * * *", at: ",", kind: .emptyItem(.hour), headline: "schedule hour has an empty item in its list"),
    Mistake(
      text: "0 0 * JANU *", at: "JANU", kind: .unknownName(.month, name: "JANU", nearest: "JAN"),
      headline: "schedule month `JANU` is not known", replacement: "JAN"),
    Mistake(
      text: "0 0 * * MUN", at: "MUN", kind: .unknownName(.weekday, name: "MUN", nearest: nil),
      headline: "schedule weekday `MUN` is not known"),
    Mistake(
      text: "0 0 * * FRY", at: "FRY", kind: .unknownName(.weekday, name: "FRY", nearest: "FRI"),
      headline: "schedule weekday `FRY` is not known", replacement: "FRI"),
    Mistake(
      text: "0 0 * * Monday", at: "Monday", kind: .unknownName(.weekday, name: "Monday", nearest: "MON"),
      headline: "schedule weekday `Monday` is not known", replacement: "MON"),
    Mistake(
      text: "0 noon * * *", at: "noon", kind: .notANumber(.hour, item: "noon"),
      headline: "schedule hour `noon` is not a number"),
    Mistake(
      text: "0 0 ? * *", at: "?", kind: .unsupported(.day, item: "?"),
      headline: "schedule day `?` is not supported", replacement: "*"),
    Mistake(
      text: "0 0 15W * *", at: "15W", kind: .unsupported(.day, item: "15W"),
      headline: "schedule day `15W` is not supported"),
    Mistake(
      text: "0 0 * * L", at: "L", kind: .unsupported(.weekday, item: "L"),
      headline: "schedule weekday `L` is not supported"
    ),
    Mistake(
      text: "0 L * * *", at: "L", kind: .unsupported(.hour, item: "L"), headline: "schedule hour `L` is not supported"),
    Mistake(
      text: "0 0 * * MON#6", at: "MON#6", kind: .notAPlace(item: "MON#6"),
      headline: "schedule weekday `MON#6` is in no month: a weekday comes four or five times"),
    Mistake(
      text: "0 0 */30 * 1#2", at: "*/30 *", kind: .neverComes,
      headline: "schedule never comes: none of its months has such a day"),
    Mistake(
      text: "0 0 12 * * *", at: "0 0 12 * * *", kind: .secondsField,
      headline: "schedule has six fields: one for seconds is not supported", replacement: "0 12 * * *"),
    Mistake(
      text: "0 0 12 ? * MON 2026", at: "0 0 12 ? * MON 2026", kind: .quartz,
      headline: "schedule has seven fields: Quartz expressions (seconds and years) are not supported"),
    Mistake(
      text: " 0 6 * ", at: "0 6 *", kind: .fieldCount(3),
      headline: "schedule has 3 fields, and needs five: minute hour day month weekday"),
    Mistake(text: " ", at: " ", kind: .empty, headline: "schedule is empty"),
    Mistake(text: "", at: "", kind: .empty, headline: "schedule is empty"),
    Mistake(
      text: "@dayly", at: "@dayly", kind: .unknownMacro("@dayly", nearest: "@daily"),
      headline: "schedule `@dayly` is not known", replacement: "@daily"),
    Mistake(
      text: "@every 5m", at: "@every", kind: .unknownMacro("@every", nearest: nil),
      headline: "schedule `@every` is not known"),
    Mistake(
      text: "0 0 30 2 *", at: "30 2", kind: .neverComes,
      headline: "schedule never comes: none of its months has such a day"),
    Mistake(
      text: "0 0 31 4,6,9,11 *", at: "31 4,6,9,11", kind: .neverComes,
      headline: "schedule never comes: none of its months has such a day"),
    Mistake(
      text: "0 0 30 2 */2", at: "30 2", kind: .neverComes,
      headline: "schedule never comes: none of its months has such a day"),
  ]

  @Test(arguments: mistakes)
  func `every mistake has its own message, at its place`(mistake: Mistake) throws {
    let error = try #require(errors(mistake.text).first)
    #expect(errors(mistake.text).count == 1)
    #expect(error.kind == mistake.kind)
    #expect(error.headline == mistake.headline)
    #expect(String(decoding: Array(mistake.text.utf8)[error.range], as: UTF8.self) == mistake.at)
    #expect(error.help?.replacement == mistake.replacement)
    if case .outsideBounds(let field, _) = error.kind { #expect(error.label == field.rawValue) }
  }

  @Test(arguments: mistakes.filter { $0.replacement != nil })
  func `a replacement mends the expression`(mistake: Mistake) throws {
    let error = try #require(errors(mistake.text).first)
    var bytes = Array(mistake.text.utf8)
    bytes.replaceSubrange(error.range, with: try #require(error.help?.replacement).utf8)
    #expect(throws: Never.self) { try cron(String(decoding: bytes, as: UTF8.self)) }
  }

  @Test func `hour 25 is told as the hour it means`() {
    #expect(errors("0 25 * * *").first?.help?.text == "use `0 1 * * *` for 01:00")
    #expect(errors("30 24 * * 1-5").first?.help?.text == "use `30 0 * * 1-5` for 00:30")
  }

  @Test func `all mistakes are told at once, in the order of the text`() {
    let found = errors("61 25,7-3 32 JANN 9")
    #expect(found.map(\.range.lowerBound) == [0, 3, 6, 10, 13, 18])
    #expect(found.map(\.label) == ["minute", "hour", "hour", "day", "month", "weekday"])
  }

  @Test func `a month without day 30 does no harm where a weekday counts too`() {
    #expect(throws: Never.self) { try cron("0 0 30 2 1") }
    #expect(throws: Never.self) { try cron("0 0 29 2 *") }
  }

  private func meaning(_ text: String) throws -> [UInt64] {
    let cron = try cron(text)
    return [cron.minutes, cron.hours, cron.days, cron.months, cron.weekdays]
  }

  private func members(_ set: UInt64) -> [Int] {
    (0..<64).filter { set & (1 << UInt64($0)) != 0 }
  }
}

/// What `parseCron` finds wrong.
func errors(_ text: String) -> [CronError] {
  switch parseCron(text) {
  case .success: []
  case .failure(let failure): failure.errors
  }
}
