import SingerProtocol
import Testing

struct SettingsSchemaTests {
  private static let schema = """
    {"type": "object", "required": ["host"], "properties": {
      "host": {"type": ["string", "null"]}, "port": {"type": "integer"}, "ratio": {"type": "number"},
      "method": {"type": "string", "enum": ["append", "upsert"]}, "any": {"anyOf": [{"type": "string"}, "null"]},
      "strange": {"type": "money"}, "map": {"type": "object", "properties": {}, "additionalProperties": {"type": "object"}},
      "tunnel": {"type": "object", "required": ["user"], "properties": {"user": {"type": "string"}}},
      "list": {"type": "array", "items": {"type": "string"}}}}
    """

  private func problems(_ settings: String) throws -> [String] {
    SettingsSchema(try JSONValue(parsing: Self.schema)).problems(in: try JSONValue(parsing: settings)).map { problem in
      "\(problem.place(below: "config")) \(problem.kind)"
    }
  }

  @Test(arguments: [
    #"{"host": "db"}"#, #"{"host": null}"#, #"{"host": "db", "port": 5432}"#, #"{"host": "db", "port": 5432.0}"#,
    #"{"host": "db", "ratio": 1}"#, #"{"host": "db", "any": 7}"#, #"{"host": "db", "strange": true}"#,
    #"{"host": "db", "map": {"x": {"y": 1}}}"#, #"{"host": "db", "tunnel": {"user": "a"}, "list": ["a"]}"#,
    #"{"host": "db", "method": "upsert"}"#,
  ])
  func `settings that fit have no problems`(settings: String) throws {
    #expect(try problems(settings) == [])
  }

  @Test(arguments: [
    (#"{}"#, "config.host missing"),
    (#"{"host": "db", "port": "5432"}"#, #"config.port wrongType(wanted: ["integer"], found: "a string")"#),
    (#"{"host": "db", "port": 1.5}"#, #"config.port wrongType(wanted: ["integer"], found: "a number")"#),
    (#"{"host": "db", "method": "replace"}"#, #"config.method noneOf(["append", "upsert"])"#),
    (#"{"host": "db", "prot": 1}"#, #"config.prot unknown(nearest: ["port"])"#),
    (#"{"hots": "db"}"#, #"config.hots misspelt(required: "host")"#),
    (#"{"host": "db", "tunnel": {}}"#, "config.tunnel.user missing"),
    (#"{"host": "db", "list": ["a", 1]}"#, #"config.list[1] wrongType(wanted: ["string"], found: "a number")"#),
  ])
  func `what does not fit is said at its place`(settings: String, problem: String) throws {
    #expect(try problems(settings) == [problem])
  }

  @Test func `a schema that lists no settings knows them all`() throws {
    #expect(SettingsSchema(["type": "object"]).problems(in: ["anything": 1]) == [])
  }
}
