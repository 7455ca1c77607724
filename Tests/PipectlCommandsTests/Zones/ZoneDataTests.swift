import Foundation
import PipelineModel
import Testing

@testable import PipectlCommands

/// Compares the rules that slots go by with the machine's own zone data, for every zone and link in it.
@Suite struct ZoneDataTests {
  private static let names = ZoneFile.names()
  private static let isSameVersion = systemZoneVersion() == builtInZoneData()
  private static let hasFiles: Comment = "the machine has no compiled zones in /usr/share/zoneinfo"
  private static let end = CivilTime(year: 2101, month: 1, day: 1).secondsSinceEpoch

  @Test(
    .enabled(if: !names.isEmpty, hasFiles), .enabled(if: isSameVersion, "the machine's zone data is of another version")
  )
  func `a manifest may name every zone and every link of the machine's zone data`() {
    #expect(Self.names.count > 400)
    let unknown = Set(Self.names).subtracting(knownZoneNames())
    #expect(unknown.sorted() == [])
  }

  @Test func `every zone that a manifest may name has rules`() {
    let names = knownZoneNames()
    #expect(names.count > 440)
    #expect(names.filter { zoneTable(of: [$0])[$0] == nil }.sorted() == [])
  }

  /// Of one version nothing may differ; of another one, a few zones must, and not more than that.
  @Test(.enabled(if: !names.isEmpty, hasFiles))
  func `every transition from 1970 to 2100 is where the machine's zone data has it`() throws {
    let versions = (own: builtInZoneData(), system: systemZoneVersion() ?? "unknown")
    let differing = try Self.names.filter { name in
      guard let own = zoneRules(named: name) else { return false }
      return Self.compared(own) != Self.compared(try ZoneFile(named: name).rules(named: name, to: Self.end))
    }
    #expect(
      versions.own == versions.system ? differing.isEmpty : differing.count < Self.names.count / 10,
      "version \(versions.own) here and \(versions.system) there: \(differing)")
  }

  /// Four old names were made links of real zones in 2024, and some systems have kept what they were: they differ before 1997.
  private static func compared(_ rules: ZoneRules) -> [ZoneRules.Transition] {
    guard ["CET", "EET", "MET", "WET"].contains(rules.name) else {
      return [ZoneRules.Transition(at: 0, offset: rules.initialOffset)] + rules.transitions
    }
    let start = CivilTime(year: 1997, month: 1, day: 1).secondsSinceEpoch
    return rules.transitions.filter { $0.at > start }
  }
}
