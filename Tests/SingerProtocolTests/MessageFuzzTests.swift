import SeededRandom
import SingerProtocol
import Testing

/// Lines that no tap should print, and some that it should: whatever comes is told apart without a crash, and without a contradiction.
struct MessageFuzzTests {
  /// Seeds that found something once.
  private static let regressions: [UInt64] = []

  @Test(arguments: (0..<20 as Range<UInt64>) + regressions)
  func `what is read whole is also told apart at a glance`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    for _ in 0..<150 {
      let line = Self.line(&random)
      let kind = line.withUnsafeBytes { scanMessage($0).kind }
      let message = line.withUnsafeBytes { try? SingerMessage(line: $0) }
      let shown = "seed \(seed): \(String(decoding: line.prefix(200), as: UTF8.self))"
      switch message {
      case .record: #expect(kind == .record, "\(shown)")
      case .schema: #expect(kind == .schema, "\(shown)")
      case .state: #expect(kind == .state, "\(shown)")
      case .activateVersion: #expect(kind == .activateVersion, "\(shown)")
      case .batch: #expect(kind == .batch, "\(shown)")
      case .other: #expect(kind == .other, "\(shown)")
      case nil: break
      }
    }
  }

  @Test(arguments: [100, 10_000, 1_000_000])
  func `nesting without end is told apart, and reading it whole stops at a bound`(depth: Int) {
    let open = String(repeating: "[", count: depth)
    let close = String(repeating: "]", count: depth)
    for text in [open, open + close] {
      let line = Array(#"{"type":"RECORD","stream":"a","record":{"x":\#(text)}}"#.utf8)
      #expect(line.withUnsafeBytes { scanMessage($0).kind } == .record, "what follows the stream is not looked at")
      if depth > 512 {
        #expect(throws: SingerMessageError.self) { try line.withUnsafeBytes { try SingerMessage(line: $0) } }
      }
    }
    let first = Array(#"{"record":{"x":\#(open)\#(close)},"type":"RECORD","stream":"a"}"#.utf8)
    #expect(first.withUnsafeBytes { scanMessage($0).kind } == .record)
  }

  @Test func `a state is kept to the letter, whatever numbers and texts are in it`() throws {
    for text in [
      #"{"n":123456789012345678901234567890.000000000000000000010e-400}"#, #"{"a":"\ud83d\ude00 \u0000 \/"}"#,
      #"{ "b" : [ -0 , 1E+2 ] , "b" : null }"#,
    ] {
      let document = try Array(text.utf8).withUnsafeBytes { try StateDocument(line: $0) }
      #expect(document.text == text)
    }
  }

  private static func line(_ random: inout SplitMix64) -> [UInt8] {
    switch random.int(0...5) {
    case 0: return (0..<random.int(0...80)).map { _ in UInt8(random.int(0...255)) }
    case 1: return Array(JSONValue.random(depth: 5, using: &random).text.utf8)
    case 2: return damaged(message(&random), &random)
    case 3: return Array(message(&random).prefix(random.int(0...120)))
    default: return message(&random)
    }
  }

  /// Right in form, with numbers that no computer holds, texts that are no Unicode, keys that come twice.
  private static func message(_ random: inout SplitMix64) -> [UInt8] {
    let type = random.pick("RECORD", "STATE", "SCHEMA", "ACTIVATE_VERSION", "BATCH", "record", "HEARTBEAT", "")
    let values: [JSONValue] = [
      .number("1e99999"), .number("-0.0"), .number(String(repeating: "9", count: 400)), .string("\u{0}\u{7f}\u{2028}"),
      .string("\\"), .null, .random(depth: 3, using: &random), .object([]), .array([]),
    ]
    var members = [
      JSONMember("type", .string(type)), JSONMember("stream", .string(JSONValue.randomText(using: &random))),
    ]
    for key in ["record", "value", "schema", "version", "key_properties"] where random.chance(70) {
      members.append(JSONMember(key, values.randomElement(using: &random) ?? .null))
    }
    if random.chance(60) { members.append(JSONMember("record", .randomObject(depth: 2, using: &random))) }
    if random.chance(50) { members.shuffle(using: &random) }
    return Array(JSONValue.object(members).text.utf8)
  }

  private static func damaged(_ line: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
    var line = line
    for _ in 0..<random.int(1...3) where !line.isEmpty {
      let place = random.int(0...(line.count - 1))
      switch random.int(0...2) {
      case 0: line[place] = UInt8(random.int(0...255))
      case 1: line.remove(at: place)
      default:
        line.insert(contentsOf: random.pick([0xFF, 0xFE], [0x22], [0x5C], [0xED, 0xA0, 0x80], [0x7D]), at: place)
      }
    }
    return line
  }
}
