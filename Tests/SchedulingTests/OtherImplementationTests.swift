import Foundation
import PipelineModel
import Scheduling
import Testing

/// Compares with slots that a Python program found with croniter and zoneinfo (`scripts/generate-schedule-oracle.py`).
@Suite struct OtherImplementationTests {

  @Test func `slots are those of another implementation`() throws {
    let lines = try Self.lines()
    let zones = Self.zones(lines)
    var compared = 0
    for line in lines where !line[0].hasPrefix("#") && line[0] != "zone" {
      guard let rules = zones[line[0]] else { continue }
      try Self.compare(line, in: rules)
      compared += 1
    }
    #expect(compared > 2500, "most zones must have the same rules here as there")
  }

  private static func compare(_ line: [String], in rules: ZoneRules) throws {
    let policy = line[2].split(separator: " ").map(String.init)
    let gap = try #require(TransitionPolicy.Gap(rawValue: policy[0]))
    let fold = try #require(TransitionPolicy.Fold(rawValue: policy[1]))
    let start = Timestamp(seconds: try #require(Int64(line[3])))
    let schedule = try schedule(line[1], transitions: TransitionPolicy(gap: gap, fold: fold))
    let expected = try line[4...].map { try slot($0, from: start) }
    let sequence = SlotSequence(of: schedule, in: rules)
    var found = [sequence.previous(atOrBefore: start)]
    var cursor = start
    for _ in 0..<3 {
      found.append(sequence.next(after: cursor))
      cursor = found.last??.instant ?? cursor
    }
    #expect(found == expected, "\(line)")
  }

  /// `351`, `351:1`, `351:2`, `351:s1616895000`: seconds from the start, and the mark.
  private static func slot(_ text: String, from start: Timestamp) throws -> Slot {
    let parts = text.split(separator: ":").map(String.init)
    let instant = start + TimeSpan(seconds: try #require(Int64(parts[0])))
    guard parts.count == 2 else { return Slot(instant: instant) }
    switch parts[1] {
    case "1": return Slot(instant: instant, mark: .firstOfFold)
    case "2": return Slot(instant: instant, mark: .secondOfFold)
    default:
      let wall = try #require(Int64(parts[1].dropFirst()))
      return Slot(instant: instant, mark: .shifted(from: CivilTime(secondsSinceEpoch: wall)))
    }
  }

  private static func lines() throws -> [[String]] {
    let url = try #require(Bundle.module.url(forResource: "slots", withExtension: "tsv", subdirectory: "Fixtures"))
    return try String(contentsOf: url, encoding: .utf8).split(separator: "\n").map {
      $0.split(separator: "\t").map(String.init)
    }
  }

  /// The zones whose transitions are the same here as in the file.
  private static func zones(_ lines: [[String]]) -> [String: ZoneRules] {
    var zones: [String: ZoneRules] = [:]
    for line in lines where line[0] == "zone" {
      guard let rules = zoneRules(named: line[1]), checksum(rules) == line[2] else { continue }
      zones[line[1]] = rules
    }
    return zones
  }

  /// FNV-1a over the decimal text.
  private static func checksum(_ rules: ZoneRules) -> String {
    let parts = ["\(rules.initialOffset)"] + rules.transitions.map { "\($0.at),\($0.offset)" }
    let hash = parts.joined(separator: ";").utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01b3
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
