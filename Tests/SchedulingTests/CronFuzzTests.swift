import SeededRandom
import PipelineModel
import Scheduling
import Testing

@Suite struct CronFuzzTests {
  @Test(arguments: 0..<20 as Range<UInt64>)
  func `any text is accepted with its meaning or refused at places inside it`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    var accepted = 0
    for _ in 0..<500 {
      let text = Bool.random(using: &random) ? noise(&random) : likely(&random)
      switch parseCron(text) {
      case .success(let cron):
        accepted += 1
        try expectRoundTrip(cron, text)
      case .failure(let failure):
        expectPlaces(failure, in: text)
      }
    }
    #expect(accepted > 5)
  }

  private func expectRoundTrip(_ cron: CronExpression, _ text: String) throws {
    #expect(cron.text == text)
    let again = try SchedulingTests.cron(rendered(cron))
    #expect(again.minutes == cron.minutes && again.hours == cron.hours && again.days == cron.days, "\(text)")
    #expect(again.months == cron.months && again.weekdays == cron.weekdays, "\(text)")
    #expect(![cron.minutes, cron.hours, cron.days, cron.months, cron.weekdays].contains(0), "\(text)")
  }

  private func expectPlaces(_ failure: CronErrors, in text: String) {
    #expect(!failure.errors.isEmpty, "\(text)")
    for error in failure.errors {
      #expect(error.range.lowerBound >= 0 && error.range.upperBound <= text.utf8.count, "\(text)")
      #expect(!error.range.isEmpty || text.isEmpty, "\(text)")
      #expect(error.headline.count < 150 && !error.headline.contains("\n"), "\(text)")
    }
    #expect(failure.errors.map(\.range.lowerBound) == failure.errors.map(\.range.lowerBound).sorted(), "\(text)")
  }

  /// Lists of numbers. All five fields are restricted here, so that no text is refused as one that never comes.
  private func rendered(_ cron: CronExpression) -> String {
    let days = list(cron.days).split(separator: ",").map { $0 == "32" ? "L" : String($0) }.joined(separator: ",")
    let weekdays = (0..<64).filter { cron.weekdays & (UInt64(1) << UInt64($0)) != 0 }.map(weekday).joined(
      separator: ",")
    return [list(cron.minutes), list(cron.hours), days, list(cron.months), weekdays].joined(separator: " ")
  }

  private func weekday(_ bit: Int) -> String {
    switch bit / 8 {
    case 0: "\(bit)"
    case 6: "\(bit % 8)L"
    case let place: "\(bit % 8)#\(place)"
    }
  }

  private func list(_ set: UInt64) -> String {
    let members = (0..<64).filter { set & (UInt64(1) << UInt64($0)) != 0 }
    return members.map { String($0) }.joined(separator: ",")
  }

  private func noise(_ random: inout SplitMix64) -> String {
    let alphabet: [Character] = Array("0123456789*/-, \t\n?LW#@aMONé\u{0}\u{7f}🕰")
    return String(
      (0..<Int.random(in: 0...30, using: &random)).compactMap { _ in alphabet.randomElement(using: &random) })
  }

  private func likely(_ random: inout SplitMix64) -> String {
    let good = ["*", "*", "*", "5", "1-5", "*/2", "2/3", "1,2,3", "3-6/2", "2-4,6", "L", "3,2#2", "5L"]
    let doubtful = [
      "0", "12", "*/15", "JAN", "mon-fri", "SUN", "7", "30", "31", "60", "5-1", "*/0", "1-", ",", "1,,2", "*/", "15W",
      "6#6",
      "/",
      "99999999999999999999", "SAT-SUN", "FRI-MON", "@daily", "é", "1-2-3", "*-5", "?", "1/2/3", "-", "/*", "**",
    ]
    let count = Int.random(in: 0...20, using: &random) == 0 ? 6 : 5
    return (0..<count).compactMap { _ in
      (Int.random(in: 0..<5, using: &random) == 0 ? doubtful : good).randomElement(using: &random)
    }.joined(separator: " ")
  }
}
