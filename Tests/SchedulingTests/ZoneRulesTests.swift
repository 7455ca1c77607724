import SeededRandom
import Foundation
import PipelineModel
import Scheduling
import Testing

@Suite struct ZoneRulesTests {
  @Test(arguments: ["Europe/Berlin", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia", "America/New_York"])
  func `offsets are those of Foundation`(name: String) throws {
    let rules = try zone(name)
    let clock = try #require(TimeZone(identifier: name))
    var random = SplitMix64(seed: 7)
    let sampled = (0..<2000).map { _ in Int64.random(in: 0..<4_100_000_000, using: &random) }
    let edges = rules.transitions.flatMap { [$0.at - 1, $0.at] }
    for seconds in sampled + edges {
      let expected = clock.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(seconds)))
      #expect(rules.offset(at: Timestamp(seconds: seconds)) == expected)
    }
  }

  @Test func `a civil time has one instant, none or two`() throws {
    let berlin = try zone("Europe/Berlin")
    #expect(
      berlin.instants(of: CivilTime(year: 2026, month: 7, day: 1, hour: 12))
        == .unique(try instant("2026-07-01T10:00:00Z")))
    let jump = ZoneRules.Transition(at: try instant("2026-03-29T01:00:00Z").seconds, offset: 7200)
    #expect(berlin.instants(of: CivilTime(year: 2026, month: 3, day: 29, hour: 2)) == .gap(jump))
    #expect(
      berlin.instants(of: CivilTime(year: 2026, month: 3, day: 29, hour: 2, minute: 59, second: 59)) == .gap(jump))
    #expect(
      berlin.instants(of: CivilTime(year: 2026, month: 3, day: 29, hour: 3)) == .unique(Timestamp(seconds: jump.at)))
    #expect(
      berlin.instants(of: CivilTime(year: 2026, month: 10, day: 25, hour: 2))
        == .fold(first: try instant("2026-10-25T00:00:00Z"), second: try instant("2026-10-25T01:00:00Z")))
    #expect(
      berlin.instants(of: CivilTime(year: 2026, month: 10, day: 25, hour: 3))
        == .unique(try instant("2026-10-25T02:00:00Z")))
  }

  @Test func `a whole day can be missing`() throws {
    let apia = try zone("Pacific/Apia")
    let jump = ZoneRules.Transition(at: try instant("2011-12-30T10:00:00Z").seconds, offset: 14 * 3600)
    for hour in 0..<24 {
      #expect(apia.instants(of: CivilTime(year: 2011, month: 12, day: 30, hour: hour)) == .gap(jump))
    }
  }

  @Test func `what the clocks show leads back to the instant`() throws {
    var random = SplitMix64(seed: 11)
    for name in ["Europe/Berlin", "Australia/Lord_Howe", "Antarctica/Troll", "America/Havana", "Asia/Gaza"] {
      let rules = try zone(name)
      let sampled = (0..<500).map { _ in Int64.random(in: 0..<4_100_000_000, using: &random) }
      let near = rules.transitions.map { $0.at + Int64.random(in: -7200...7200, using: &random) }
      for seconds in sampled + near {
        let instant = Timestamp(seconds: seconds)
        switch rules.instants(of: rules.civilTime(at: instant)) {
        case .unique(let found): #expect(found == instant)
        case .fold(let first, let second): #expect(first < second && (first == instant || second == instant))
        case .gap: Issue.record("\(name) shows a wall time at \(instant) that it jumps over")
        }
      }
    }
  }
}
