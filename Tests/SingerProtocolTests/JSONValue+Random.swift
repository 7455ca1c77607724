import SeededRandom
import SingerProtocol

extension JSONValue {
  private static let texts = [
    "", "type", "RECORD", "STATE", "stream", "a\"b", "back\\slash", "{\"type\": \"STATE\"}", "ü😀", "line\nend", "}",
    "],[", "\\\"", "orders",
  ]

  static func randomText(using random: inout SplitMix64) -> String {
    texts[Int.random(in: 0..<texts.count, using: &random)]
  }

  static func random(depth: Int, using random: inout SplitMix64) -> JSONValue {
    switch Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &random) {
    case 0: return .null
    case 1: return .bool(Bool.random(using: &random))
    case 2: return .integer(Int.random(in: -1000...1000, using: &random))
    case 3: return .number("\(Int.random(in: 0...99, using: &random)).50e-\(Int.random(in: 0...400, using: &random))")
    case 4, 5: return .string(randomText(using: &random))
    case 6:
      return .array((0..<Int.random(in: 0...3, using: &random)).map { _ in .random(depth: depth - 1, using: &random) })
    default: return randomObject(depth: depth - 1, using: &random)
    }
  }

  static func randomObject(depth: Int, using random: inout SplitMix64) -> JSONValue {
    .object(
      (0..<Int.random(in: 0...4, using: &random)).map { _ in
        JSONMember(randomText(using: &random), .random(depth: depth, using: &random))
      })
  }
}
