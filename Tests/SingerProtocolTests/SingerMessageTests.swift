import SingerProtocol
import Testing

struct SingerMessageTests {
  @Test(arguments: [
    SingerMessage.record(
      RecordMessage(stream: "orders", record: [JSONMember("id", 1)], version: 7, timeExtracted: "2026-01-01T00:00:00Z")),
    .record(RecordMessage(stream: "ü\"", record: [])),
    .schema(
      SchemaMessage(stream: "orders", schema: ["type": "object"], keyProperties: ["id"], bookmarkProperties: ["at"])),
    .state(["bookmarks": ["orders": ["x": .number("1.0")]]]), .state(.null),
    .activateVersion(stream: "orders", version: 1_760_000_000_000),
    .batch(stream: "orders", message: ["type": "BATCH", "stream": "orders", "manifest": ["file:///a"]]),
    .other(type: "HEARTBEAT"),
  ])
  func `a message is read as it was written`(message: SingerMessage) throws {
    #expect(try SingerMessage(line: message.line) == message)
  }

  @Test func `types are compared without regard to case`() throws {
    #expect(try SingerMessage(line: #"{"type":"state","value":1}"#) == .state(1))
  }

  @Test(arguments: [
    (
      #"{"type":"RECORD","record":{}}"#,
      SingerMessageError.badField(type: "RECORD", key: "stream", expected: "a string")
    ),
    (#"{"type":"RECORD","stream":"a"}"#, .badField(type: "RECORD", key: "record", expected: "an object")),
    (#"{"type":"RECORD","stream":"a","record":[]}"#, .badField(type: "RECORD", key: "record", expected: "an object")),
    (
      #"{"type":"SCHEMA","stream":"a","schema":{},"key_properties":[1]}"#,
      .badField(type: "SCHEMA", key: "key_properties", expected: "a list of strings")
    ),
    (#"{"type":"STATE"}"#, .badField(type: "STATE", key: "value", expected: "there")),
    (
      #"{"type":"ACTIVATE_VERSION","stream":"a"}"#,
      .badField(type: "ACTIVATE_VERSION", key: "version", expected: "an integer")
    ),
    (#"{"stream":"a"}"#, .noType), (#"[]"#, .notAnObject),
    ("INFO starting", .notJSON(JSONSyntaxError(.expected("a value"), at: 0))),
  ])
  func `what is no message says why`(line: String, error: SingerMessageError) {
    #expect(throws: error) { try SingerMessage(line: line) }
  }
}
