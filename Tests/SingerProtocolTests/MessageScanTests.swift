import SeededRandom
import SingerProtocol
import Testing

struct MessageScanTests {
  private static let lines: [(String, MessageKind, String?)] = [
    (#"{"type": "RECORD", "stream": "orders", "record": {"id": 1}}"#, MessageKind.record, "orders"),
    (#"{"type":"RECORD","stream":"orders","record":{"id":1}}"#, .record, "orders"),
    (#"  {"record":{"type":"STATE","stream":"no"},"stream":"orders","type":"RECORD"}  "#, .record, "orders"),
    (#"{"record":{"a":"\"type\":\"STATE\"","b":["}","]"]},"type":"RECORD","stream":"orders"}"#, .record, "orders"),
    (#"{"type":"RECORD","stream":"a\"b","record":{}}"#, .record, #"a\"b"#),
    (#"{"type":"RECORD","stream":"a\\","record":{}}"#, .record, #"a\\"#),
    (#"{"t\u0079pe":"\u0052ECORD","stream":"orders","record":{}}"#, .record, "orders"),
    (#"{"type":"SCHEMA","stream":"orders","schema":{},"key_properties":[]}"#, .schema, "orders"),
    (#"{"type":"ACTIVATE_VERSION","stream":"orders","version":1}"#, .activateVersion, "orders"),
    (#"{"type":"BATCH","stream":"orders"}"#, .batch, "orders"),
    (#"{"type":"record","stream":"orders","record":{}}"#, .record, "orders"),
    (#"{"type":"STATE","value":{"stream":"orders","type":"RECORD"}}"#, .state, nil),
    (#"{"value":{"type":"RECORD"},"type":"STATE"}"#, .state, nil),
    (#"{"type":"HEARTBEAT"}"#, .other, nil), (#"{}"#, .other, nil), (#"{"a":1}"#, .other, nil),
    (#"{"type":7}"#, .other, nil),
    (#"{"type":"RECORD","stream":"or"#, .notJSON, nil), ("", .notJSON, nil), ("   ", .notJSON, nil),
    ("Traceback (most recent call last):", .notJSON, nil),
    ("[1,2]", .notJSON, nil), ("}", .notJSON, nil), ("{{}", .notJSON, nil), (#"{"a":1,}"#, .notJSON, nil),
    (#"{,}"#, .notJSON, nil), (#"{"a" 1}"#, .notJSON, nil),
    (#"{"a":1} {}"#, .notJSON, nil),
  ]

  @Test(arguments: lines)
  func `a line is told by its top-level keys`(line: String, kind: MessageKind, stream: String?) {
    let scanned = scan(line)
    #expect(scanned.kind == kind)
    #expect(scanned.stream == stream)
  }

  @Test(arguments: 0..<50)
  func `the scan agrees with a full reading`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    for _ in 0..<200 {
      let (line, kind, stream) = message(using: &random)
      let full = try JSONValue(parsing: line)
      #expect(full["type"]?.stringValue?.uppercased() == name(of: kind))
      let scanned = scan(line)
      #expect(scanned.kind == kind, "\(line)")
      if kind != .state && kind != .other { #expect(scanned.stream == inside(stream), "\(line)") }
    }
  }

  @Test(arguments: 0..<20)
  func `damaged lines never crash`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var counter = StreamCounter()
    for _ in 0..<300 {
      var bytes = Array(message(using: &random).line.utf8)
      for _ in 0..<3 {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      let cut = bytes.prefix(Int.random(in: 0...bytes.count, using: &random))
      Array(cut).withUnsafeBytes { _ = counter.count(line: $0) }
      bytes.withUnsafeBytes { _ = counter.count(line: $0) }
    }
    #expect(counter.lines == 600)
  }

  private func scan(_ line: String) -> (kind: MessageKind, stream: String?) {
    Array(line.utf8).withUnsafeBytes { bytes in
      let message = scanMessage(bytes)
      return (message.kind, message.stream.map { String(decoding: $0, as: UTF8.self) })
    }
  }

  private func inside(_ text: String) -> String { String(JSONValue.string(text).text.dropFirst().dropLast()) }

  private func name(of kind: MessageKind) -> String {
    switch kind {
    case .record: "RECORD"
    case .schema: "SCHEMA"
    case .state: "STATE"
    case .activateVersion: "ACTIVATE_VERSION"
    case .batch: "BATCH"
    case .other, .notJSON: "HEARTBEAT"
    }
  }

  /// A message with shuffled keys, decoys inside, and spaces anywhere.
  private func message(using random: inout SplitMix64) -> (line: String, kind: MessageKind, stream: String) {
    let kinds: [MessageKind] = [.record, .record, .schema, .state, .activateVersion, .batch, .other]
    let kind = kinds[Int.random(in: 0..<kinds.count, using: &random)]
    let stream = JSONValue.randomText(using: &random)
    let name = Bool.random(using: &random) ? name(of: kind) : name(of: kind).lowercased()
    var members = [JSONMember("type", .string(name)), JSONMember("stream", .string(stream))]
    for key in ["record", "schema", "value", "x\"type", "Type"] where Bool.random(using: &random) {
      members.append(JSONMember(key, .randomObject(depth: 3, using: &random)))
    }
    if Bool.random(using: &random) { members.shuffle(using: &random) }
    let spaces = ["", " ", "  ", "\t"]
    var space: String { spaces[Int.random(in: 0..<spaces.count, using: &random)] }
    let inner = members.map { space + JSONValue.string($0.key).text + space + ":" + space + $0.value.text + space }
    return (space + "{" + inner.joined(separator: ",") + "}" + space, kind, stream)
  }
}
