import Foundation
import PipelineModel
import Scheduling
import Testing

@Suite struct TransitionOracleTests {
  /// Rules from 2020 to 2032, and the zones that share them: equal values have equal slots.
  struct Group: Sendable, CustomTestStringConvertible {
    let rules: ZoneRules
    let names: [String]
    var testDescription: String { rules.name }
  }

  static let groups: [Group] = {
    struct Key: Hashable {
      let initial: Int
      let transitions: [ZoneRules.Transition]
    }
    var byKey: [Key: [String]] = [:]
    for name in allZoneNames {
      guard
        let rules = zoneRules(
          named: name, from: Timestamp(seconds: 1_577_836_800), to: Timestamp(seconds: 1_988_150_400))
      else { continue }
      byKey[Key(initial: rules.initialOffset, transitions: rules.transitions), default: []].append(name)
    }
    return byKey.map { key, names in
      let names = names.sorted()
      return Group(
        rules: ZoneRules(name: names[0], initialOffset: key.initial, transitions: key.transitions), names: names)
    }.sorted { $0.rules.name < $1.rules.name }
  }()

  static let allZoneNames = Set(TimeZone.knownTimeZoneIdentifiers).union(["UTC", "Antarctica/Troll"]).sorted()

  @Test func `every zone of Foundation is in exactly one group`() {
    #expect(Self.groups.flatMap(\.names).sorted() == Self.allZoneNames)
    #expect(Self.groups.filter { !$0.rules.transitions.isEmpty }.count > 30)
  }

  @Test(arguments: groups)
  func `slots two days around every transition are those of a minute by minute walk`(group: Group) throws {
    let zone = try #require(TimeZone(identifier: group.rules.name))
    for (index, transition) in group.rules.transitions.enumerated() {
      let from = transition.at - 48 * 3600
      let to = transition.at + 48 * 3600
      let oracle = MinuteOracle(from: from, to: to) {
        zone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval($0)))
      }
      for (number, fields) in oracleExpressions.enumerated() {
        let policy = allPolicies[(number + index / 2) % allPolicies.count]
        try expectSameSlots(
          fields, policy, group.rules, oracle, from: from, to: to, backwards: (number + index) % 4 == 0)
      }
    }
  }
}

/// Compares the fast search with the oracle, forwards and, if asked, backwards.
func expectSameSlots(
  _ fields: OracleFields, _ policy: TransitionPolicy, _ zone: ZoneRules, _ oracle: MinuteOracle,
  from: Int64, to: Int64, backwards: Bool
) throws {
  let expected = oracle.slots(of: fields, policy: policy, from: from, to: to)
  let schedule = try schedule(fields.text, transitions: policy)
  let found = slots(
    of: schedule, in: zone, from: Timestamp(seconds: from), to: Timestamp(seconds: to), limit: .max)
  #expect(found == expected, "\(zone.name) \(fields.text) \(policy) \(Timestamp(seconds: from))")
  guard backwards else { return }
  var reversed: [Slot] = []
  var cursor = Timestamp(seconds: to - 1)
  while let slot = previousSlot(atOrBefore: cursor, of: schedule, in: zone), slot.instant.seconds >= from {
    reversed.append(slot)
    cursor = Timestamp(seconds: slot.instant.seconds - 1)
  }
  #expect(
    reversed.reversed() == expected, "backwards: \(zone.name) \(fields.text) \(policy) \(Timestamp(seconds: from))")
}
