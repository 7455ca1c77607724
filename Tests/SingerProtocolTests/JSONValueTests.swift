import SeededRandom
import SingerProtocol
import Testing

struct JSONValueTests {
  @Test(arguments: [
    #"{"b":1,"a":[true,false,null]}"#, "0", "-0", "1.50", "1e400", "123456789012345678901234567890.10", #""""#, "[]",
    "{}",
    #"{"a":1,"a":2}"#, #"["ü","\\","\"","\n\t\u0001"]"#, #"{"":{"":[]}}"#,
  ])
  func `order, numbers and text survive reading and writing`(text: String) throws {
    #expect(try JSONValue(parsing: text).text == text)
  }

  @Test func `escapes are decoded`() throws {
    let value = try JSONValue(parsing: #""\u0041\ud83d\ude00\/\b\f\r""#)
    #expect(value == .string("A😀/\u{8}\u{c}\r"))
  }

  @Test(arguments: [
    ("", JSONSyntaxError.Problem.unexpectedEnd, 0), ("{", .unexpectedEnd, 1), ("[1,]", .expected("a value"), 3),
    ("[1 2]", .expected("`,` or `]`"), 3), (#"{"a" 1}"#, .expected("`:`"), 5),
    ("{a:1}", .expected("a key in quotes"), 1),
    ("01", .badNumber, 0), ("1.", .badNumber, 2), ("-", .badNumber, 1), ("1e", .badNumber, 2),
    ("NaN", .expected("a value"), 0),
    ("tru", .expected("a value"), 3), (#""\x""#, .badEscape, 1), (#""\ud800""#, .loneSurrogate, 1),
    (#""\ud800\u0041""#, .loneSurrogate, 1), ("\"a\nb\"", .controlCharacter, 2), ("1 2", .trailingBytes, 2),
    (#""abc"#, .unexpectedEnd, 4),
  ])
  func `what is no JSON is refused at its place`(text: String, problem: JSONSyntaxError.Problem, offset: Int) {
    #expect(throws: JSONSyntaxError(problem, at: offset)) { try JSONValue(parsing: text) }
  }

  @Test func `bytes that are not UTF-8 are refused`() {
    #expect(throws: JSONSyntaxError(.badUTF8, at: 1)) { try JSONValue(parsing: [0x22, 0xFF, 0x22]) }
  }

  @Test func `nesting is bounded`() throws {
    let deep = String(repeating: "[", count: 256) + String(repeating: "]", count: 256)
    _ = try JSONValue(parsing: deep)
    #expect(throws: JSONSyntaxError(.tooDeep(limit: 256), at: 256)) { try JSONValue(parsing: "[" + deep + "]") }
    #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: String(repeating: "{\"a\":", count: 100_000)) }
  }

  @Test func `canonical text does not depend on order`() throws {
    let one = try JSONValue(parsing: #"{"b":{"y":1,"x":2},"a":3}"#)
    let other = try JSONValue(parsing: #"{ "a": 3, "b": {"x": 2, "y": 1} }"#)
    #expect(one.canonicalText == #"{"a":3,"b":{"x":2,"y":1}}"#)
    #expect(one.canonicalText == other.canonicalText)
    #expect(one != other)
  }

  @Test(arguments: 0..<40)
  func `damaged text never crashes, and what is read is read again`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    for _ in 0..<200 {
      let value = JSONValue.random(depth: 4, using: &random)
      #expect(try JSONValue(parsing: value.text) == value)
      var bytes = Array(value.text.utf8)
      for _ in 0..<Int.random(in: 1...3, using: &random) where !bytes.isEmpty {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      guard let survivor = try? JSONValue(parsing: bytes) else { continue }
      #expect(try JSONValue(parsing: survivor.text) == survivor)
    }
  }
}
