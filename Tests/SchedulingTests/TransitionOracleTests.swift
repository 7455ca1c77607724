import Foundation
import PipelineModel
import Scheduling
import Testing

/// Every transition of every zone from 1970 to 2100 is of a kind that is tried here; `PIPECTL_ORACLE=all` (`make oracle`) tries each of them.
@Suite struct TransitionOracleTests {
  /// Transitions to try, of zones whose names begin alike.
  struct Share: Sendable, CustomTestStringConvertible {
    let places: [TransitionPlace]
    let number: Int
    var testDescription: String { "\(places.count) transitions, share \(number)" }
  }

  private static let triesAll = ProcessInfo.processInfo.environment["PIPECTL_ORACLE"] == "all"

  /// Every transition of every zone once: zones that change their clocks together share them.
  private static let places: [TransitionPlace] = {
    var seen: Set<TransitionPlace> = []
    return ZoneNames.all.compactMap { zoneRules(named: $0) }.flatMap(\.places).filter { seen.insert($0).inserted }
  }()

  /// One of each kind, now an early one and now a late one.
  private static let kinds: [TransitionPlace] = {
    let alike = Dictionary(grouping: places, by: \.kind)
    var seen: Set<TransitionPlace.Kind> = []
    return places.map(\.kind).filter { seen.insert($0).inserted }.enumerated().compactMap { number, kind in
      alike[kind].map { $0[number * 7 % $0.count] }
    }
  }()

  static let shares: [Share] = {
    let tried = triesAll ? places : kinds
    return stride(from: 0, to: tried.count, by: 60).enumerated().map { number, start in
      Share(places: Array(tried[start..<min(start + 60, tried.count)]), number: number + 1)
    }
  }()

  @Test func `the zones are those of the whole world, from 1970 to 2100`() {
    #expect(ZoneNames.all.count > 440)
    #expect(Self.places.count > 5000 && Self.kinds.count > 300)
    let years = Self.places.map { CivilTime(secondsSinceEpoch: $0.at).year }
    #expect(years.min() == 1970 && years.max() == 2100)
  }

  @Test(arguments: shares)
  func `slots two days around a transition are those of a minute by minute walk`(share: Share) throws {
    for (index, place) in share.places.enumerated() {
      let rules = ZoneRules(name: "\(place)", initialOffset: place.nearInitial, transitions: place.near)
      let from = place.at - 48 * 3600
      let to = place.at + 48 * 3600
      let oracle = MinuteOracle(from: from, to: to, step: place.step, offset: place.offset)
      for (number, fields) in oracleExpressions.enumerated() {
        for policy in Self.triesAll ? allPolicies : [allPolicies[(number + index) % allPolicies.count]] {
          try expectSameSlots(
            fields, policy, rules, oracle, from: from, to: to, backwards: Self.triesAll || (number + index) % 4 == 0)
        }
      }
    }
  }
}
