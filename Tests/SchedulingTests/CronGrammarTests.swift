import PipelineModel
import Scheduling
import SeededRandom
import Testing

/// Expressions that the grammar makes, each read a second time by code that shares nothing with the parser.
@Suite struct CronGrammarTests {
  /// Seeds that found something once.
  private static let regressions: [UInt64] = []

  @Test(arguments: (0..<25 as Range<UInt64>) + regressions)
  func `an expression comes exactly when its own fields say`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let start = Int64(random.int(0...40_000)) * 86_400 + Int64(random.int(0...1439)) * 60
    let end = start + 40 * 86_400
    let oracle = MinuteOracle(from: start, to: end) { _ in 0 }
    let utc = ZoneRules(name: "UTC", initialOffset: 0, transitions: [])
    var accepted = 0
    while accepted < 12 {
      let text = Self.expression(&random)
      guard (try? parseCron(text).get()) != nil else {
        #expect(errors(text).map(\.kind) == [.neverComes], "seed \(seed): \(text)")
        continue
      }
      accepted += 1
      try expectSameSlots(
        OracleFields(text), TransitionPolicy(), utc, oracle, from: start, to: end, backwards: accepted % 4 == 0)
    }
  }

  private static func expression(_ random: inout SplitMix64) -> String {
    [
      field(0, 59, &random), field(0, 23, &random), field(1, 31, &random), field(1, 12, &random), field(0, 7, &random),
    ].joined(separator: " ")
  }

  /// A list of one to three items; half of all fields are a star, or nearly nothing would ever come.
  private static func field(_ low: Int, _ high: Int, _ random: inout SplitMix64) -> String {
    if random.chance(50) { return "*" }
    return (0..<random.pick(1, 1, 2, 3)).map { _ in item(low, high, &random) }.joined(separator: ",")
  }

  /// Sunday is 0 and 7, and there are seven weekdays all the same; an open range of them, as `5/1`, is read differently by others.
  private static func item(_ low: Int, _ high: Int, _ random: inout SplitMix64) -> String {
    let isWeekday = high == 7
    let first = random.int(low...high)
    let last = random.int(first...high)
    let step = random.int(1...(isWeekday ? 7 : high - low + 1))
    return switch random.int(0...4) {
    case 0: "\(first)-\(last)"
    case 1: "\(first)-\(last)/\(step)"
    case 2: "*/\(step)"
    case 3 where !isWeekday: "\(first)/\(step)"
    default: "\(first)"
    }
  }
}
