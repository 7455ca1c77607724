import SeededRandom
import PipelineModel
import Scheduling
import Testing

@Suite struct InventedZoneTests {
  /// Twelve transitions within days of each other, jumping by up to 14 hours: gaps that overlap folds, wall times that come three times.
  @Test(arguments: 0..<30 as Range<UInt64>)
  func `zones wilder than any real one follow the same rules`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let start: Int64 = 1_767_225_600
    var at = start + 86_400
    let transitions = (0..<12).map { _ in
      at += Int64.random(in: 30...2000, using: &random) * 60
      return ZoneRules.Transition(at: at, offset: Int.random(in: -28...28, using: &random) * 900)
    }
    let zone = ZoneRules(name: "seed \(seed)", initialOffset: 3600, transitions: transitions)
    let from = start - 86_400
    let to = at + 3 * 86_400
    let oracle = MinuteOracle(from: from, to: to) { instant in
      transitions.last { $0.at <= instant }?.offset ?? 3600
    }
    for (number, fields) in oracleExpressions.enumerated() {
      let policy = allPolicies[(number + Int(seed)) % allPolicies.count]
      try expectSameSlots(fields, policy, zone, oracle, from: from, to: to, backwards: true)
    }
  }
}
