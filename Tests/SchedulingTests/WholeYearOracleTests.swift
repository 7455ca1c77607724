import Foundation
import PipelineModel
import Scheduling
import Testing

@Suite struct WholeYearOracleTests {
  struct Sample: Sendable, CustomTestStringConvertible {
    let zone: String
    let year: Int
    let expressions: [String]
    var testDescription: String { "\(zone) \(year)" }
  }

  static let expressions = [
    "30 2 * * *", "0 */6 * * *", "0 0 * * 1-5", "15 10 1,15 * 5", "0 0 29 2 *", "0 12 31 * *", "59 23 */10 12 *",
    "0 6 1,L * 5#5,1L",
  ]

  static let samples: [Sample] =
    [
      ("Europe/Berlin", 2026), ("America/New_York", 2024), ("Australia/Lord_Howe", 2025), ("Antarctica/Troll", 2023),
      ("Pacific/Apia", 2011), ("Africa/Casablanca", 2022), ("America/Havana", 2025), ("Asia/Kolkata", 2028),
      ("Pacific/Chatham", 2021), ("Asia/Pyongyang", 2018), ("America/Caracas", 2016),
    ].map { Sample(zone: $0.0, year: $0.1, expressions: expressions) } + [
      Sample(zone: "Europe/London", year: 2026, expressions: ["17 * * * *"]),
      Sample(zone: "UTC", year: 2024, expressions: ["*/20 9-17 * 1-6/2 1-5"]),
    ]

  @Test(arguments: samples)
  func `the slots of a whole year are those of a minute by minute walk`(sample: Sample) throws {
    let rules = try zone(sample.zone)
    let clock = try #require(TimeZone(identifier: sample.zone))
    let from = CivilTime(year: sample.year, month: 1, day: 1).secondsSinceEpoch
    let to = CivilTime(year: sample.year + 1, month: 1, day: 1).secondsSinceEpoch
    let oracle = MinuteOracle(from: from, to: to) {
      clock.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval($0)))
    }
    for (number, text) in sample.expressions.enumerated() {
      let policy = allPolicies[number % allPolicies.count]
      try expectSameSlots(OracleFields(text), policy, rules, oracle, from: from, to: to, backwards: true)
    }
  }
}
