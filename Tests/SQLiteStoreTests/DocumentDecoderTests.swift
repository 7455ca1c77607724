import Foundation
import PipelineModel
import Testing

@testable import SQLiteStore

struct DocumentDecoderTests {
  private let decoder = DocumentDecoder()

  private func decoded<Value: Decodable>(_ type: Value.Type, _ text: String) throws -> Value {
    try decoder.decode(type, from: Data(text.utf8))
  }

  private func expectRoundTrip<Value: Codable & Equatable>(_ value: Value) throws {
    #expect(try decoded(Value.self, StoreDocument().text(of: value)) == value)
    let pretty = JSONEncoder()
    pretty.outputFormatting = .prettyPrinted
    #expect(try decoder.decode(Value.self, from: pretty.encode(value)) == value)
  }

  @Test func `what the store writes is read as Foundation reads it`() throws {
    for change in StoreSamples.everything {
      switch change {
      case .putPipeline(let record): try expectRoundTrip(record)
      case .putRun(let record): try expectRoundTrip(record)
      case .putRequest(let record): try expectRoundTrip(record)
      case .putIntent(let intent): try expectRoundTrip(intent)
      case .appendState(let version): try expectRoundTrip(version.origin)
      case .putCatalog(let record): try expectRoundTrip(record)
      case .putSlot(let record): try expectRoundTrip(record)
      case .putSchedule(let progress): try expectRoundTrip(progress)
      case .appendCommit(let record): try expectRoundTrip(record)
      case .dropRun, .bindEnvironment: break
      }
    }
  }

  @Test(arguments: [
    "", "plain", "„Wartung“ \u{1F6A7}", "a\"b\\c/d\n\r\t\u{08}\u{0C}\u{01}", "\u{2028}", "e\u{301}", "\u{10FFFF}", "\0",
  ])
  func `a text comes back as it was`(text: String) throws {
    try expectRoundTrip([text])
    try expectRoundTrip([text: text])
  }

  @Test func `escapes mean their characters`() throws {
    #expect(
      try decoded([String].self, #"["\u00e9\ud83d\udea7\/\b\f\n\r\t\"\\"]"#) == ["é\u{1F6A7}/\u{8}\u{C}\n\r\t\"\\"])
    #expect(try decoded([String: Int].self, #"{"\u0061": 1}"#) == ["a": 1])
  }

  @Test func `whole numbers have all their digits, and no more than fit`() throws {
    let numbers: [Int64] = [.min, .max, 0, -1, 9_007_199_254_740_993]
    try expectRoundTrip(numbers)
    try expectRoundTrip([0.1, -1e300, 3])
    #expect(throws: DecodingError.self) { try decoded([Int64].self, "[9223372036854775808]") }
    #expect(throws: DecodingError.self) { try decoded([UInt8].self, "[256]") }
    #expect(throws: DecodingError.self) { try decoded([Int].self, "[1.5]") }
    #expect(throws: DecodingError.self) { try decoded([Int].self, "[-]") }
  }

  @Test(arguments: [
    "", " ", "{", "[1", "[1,]", "[1 2]", #"{"a"}"#, #"{"a":}"#, #"{a: 1}"#, "[1]x", "[tru]", "[nul", #"["a]"#, #"["\"#,
    #"["\x"]"#, #"["\u12"]"#, #"["\ud83d"]"#, "[\"\u{1}\"]", String(repeating: "[", count: 100_000),
  ])
  func `what is no JSON is refused`(text: String) {
    #expect(throws: DecodingError.self) { try decoded([String].self, text) }
  }

  @Test func `bytes that are no text are refused`() {
    #expect(throws: DecodingError.self) {
      try decoder.decode([String].self, from: Data([0x5B, 0x22, 0xFF, 0x22, 0x5D]))
    }
  }

  @Test func `a document that was cut anywhere is refused`() throws {
    let whole = Array(try StoreDocument().text(of: StoreSamples.pipeline("orders")).utf8)
    for length in 0..<whole.count {
      #expect(throws: DecodingError.self) { try decoder.decode(PipelineRecord.self, from: Data(whole[..<length])) }
    }
  }

  @Test func `a missing key is refused, and another type than the one that belongs there`() {
    #expect(throws: DecodingError.self) { try decoded(RequestKey.self, "{}") }
    #expect(throws: DecodingError.self) { try decoded(PipelineRecord.self, "[]") }
    #expect(throws: DecodingError.self) { try decoded([Bool].self, "[1]") }
  }

  @Test func `what is read straight off the document is refused and overlooked as the decoder does it`() throws {
    let connection =
      #"{"capabilities":{"state":true},"catalogArgument":"properties","config":[],"connector":{"builtin":{"_0":"csv"}},"#
    func work(_ rest: String) -> String {
      #"{"replication":{"_0":{"source":\#(connection)\#(rest),"destination":\#(connection)"environment":[]},"streams":{"all":{}}}}}"#
    }
    let plain = try decoded(Work.self, work(#""environment":[]}"#))
    #expect(try decoded(Work.self, work(#""environment":[],"later":1}"#)) == plain)
    #expect(try decoded(Work.self, work(#""environment":[],"name":null}"#)) == plain)
    #expect(try decoded(Work.self, work(#""environment":[],"name":"shop"}"#)) != plain)
    #expect(throws: DecodingError.self) { try decoded(Work.self, work(#""name":"shop"}"#)) }
    #expect(throws: DecodingError.self) { try decoded(Work.self, work(#""environment":[],"name":1}"#)) }
  }

  @Test func `the pipelines that the store writes are read straight off their documents`() throws {
    for case .putPipeline(let record) in StoreSamples.everything where record.applied.spec.work.commandJob == nil {
      let document = StoredText(copying: Data(try StoreDocument().text(of: record).utf8))
      let readOff = try JSONTape.read(document.bytes, nil) { $0.tape.readOff(PipelineRecord.self, at: 0) }
      withExtendedLifetime(document) { #expect(readOff == record) }
    }
  }

  @Test func `a pipeline with a member of another type is refused`() throws {
    var record = StoreSamples.pipeline("orders")
    record.applied.spec.limits.noProgress = TimeSpan(seconds: 7)
    let text = try StoreDocument().text(of: record)
    #expect(try decoded(PipelineRecord.self, text) == record)
    let spoiled = text.replacing(#""noProgress":7000"#, with: #""noProgress":"7000""#)
    #expect(spoiled != text)
    #expect(throws: DecodingError.self) { try decoded(PipelineRecord.self, spoiled) }
  }

  @Test func `there is room for as many values as a document can hold`() throws {
    #expect(try decoded([Int].self, "[1,2,3]") == [1, 2, 3])
    #expect(try decoded([[Int]].self, "[[],[],[[]]]".replacing("[[]]", with: "[1]")) == [[], [], [1]])
    #expect(try decoded([String: String].self, #"{"":""}"#) == ["": ""])
    #expect(try decoded(Int.self, "1") == 1)
  }
}
