import SeededRandom
import GRDB
import SingerProtocol
import Testing

@testable import BuiltinConnectors

struct SQLiteTargetTests {
  private let bench = Workbench()
  private var path: String { bench.path("deep/w.sqlite") }
  private var config: JSONValue { ["path": .string(path)] }

  private func schema(_ properties: JSONValue, keys: [String] = ["id"]) -> String {
    SingerMessage.schema(SchemaMessage(stream: "t", schema: ["properties": properties], keyProperties: keys)).line
  }

  private func record(_ record: JSONValue, version: Int? = nil) -> String {
    SingerMessage.record(RecordMessage(stream: "t", record: record.objectValue ?? [], version: version)).line
  }

  private func state(_ value: Int) -> String { SingerMessage.state(["at": .integer(value)]).line }
  private let plain: JSONValue = ["id": ["type": "integer"], "v": ["type": ["null", "string"]]]

  private func load(_ lines: [String], _ more: JSONValue = [:]) throws -> Workbench.Outcome {
    var config = config
    for member in more.objectValue ?? [] { config.set(member.key, to: member.value) }
    return try bench.run("sqlite", config: config, input: lines.map { $0 + "\n" }.joined())
  }

  /// Every row, each value as SQLite quotes it.
  private func rows(_ columns: [String], of table: String = "t") throws -> [String] {
    let list = columns.map { "quote(\(SQLIdentifier.quoted($0)))" }.joined(separator: " || '|' || ")
    return try DatabaseQueue(path: path).read {
      try String.fetchAll($0, sql: "SELECT \(list) FROM \(SQLIdentifier.quoted(table)) ORDER BY rowid")
    }
  }

  @Test func `rows are updated by their key, however often they come`() throws {
    let lines = [
      schema(plain), record(["id": 1, "v": "a"]), record(["id": 2, "v": "b"]), record(["id": 1, "v": "c"]), state(1),
    ]
    for _ in 0..<2 {
      let run = try load(lines)
      #expect(run.errors == [])
      #expect(run.output == [#"{"at":1}"#])
    }
    #expect(try rows(["id", "v"]) == ["1|'c'", "2|'b'"])
  }

  @Test func `asked to drop first, a stream begins with nothing in its place`() throws {
    _ = try load([schema(plain), record(["id": 1, "v": "old"])])
    let lines = [schema(plain), record(["id": 2, "v": "new"]), schema(plain), record(["id": 3, "v": "newer"])]
    let input = lines.map { $0 + "\n" }.joined()
    #expect(try bench.run("sqlite", config: config, ["--drop-first"], input: input).code == 0)
    #expect(try rows(["id", "v"]) == ["2|'new'", "3|'newer'"])
  }

  @Test func `fields that a record lacks keep their value`() throws {
    _ = try load([schema(plain), record(["id": 1, "v": "a"]), record(["id": 1]), record(["id": 2])])
    #expect(try rows(["id", "v"]) == ["1|'a'", "2|NULL"])
  }

  @Test func `without a key every record is a row`() throws {
    _ = try load([schema(plain, keys: []), record(["id": 1]), record(["id": 1]), record([:])])
    #expect(try rows(["id"]) == ["1", "1", "NULL"])
  }

  @Test func `values are kept exactly`() throws {
    let values: [(JSONValue, String)] = [
      (.number("9223372036854775807"), "9223372036854775807"),
      (.number("92233720368547758070"), "'92233720368547758070'"), (.number("1.50"), "1.5"),
      (.number("0.1234567890123456789"), "'0.1234567890123456789'"), (.number("1e400"), "'1e400'"),
      (.number("2.0"), "2"), ("007", "'007'"), (true, "1"),
      (["a": [1]], #"'{"a":[1]}'"#), (.null, "NULL"), ("", "''"),
    ]
    let run = try load(
      [schema(["id": ["type": "integer"], "v": [:]])]
        + values.enumerated().map { record(["id": .integer($0.offset), "v": $0.element.0]) })
    #expect(run.errors == [])
    #expect(try rows(["v"]) == values.map(\.1))
  }

  @Test func `a schema that gains columns gets them, a column that changes its type keeps its values`() throws {
    _ = try load([schema(["id": ["type": "integer"], "v": ["type": "integer"]]), record(["id": 1, "v": 7])])
    let run = try load([
      schema(["id": ["type": "integer"], "v": ["type": "string"], "new": ["type": "boolean"]]),
      record(["id": 2, "v": "007", "new": true]),
      record(["id": 1, "new": false, "unknown": 1.5.json]),
    ])
    #expect(run.errors == [])
    #expect(try rows(["id", "v", "new", "unknown"]) == ["1|7|0|1.5", "2|'007'|1|NULL"])
  }

  @Test func `an integer beyond 64 bits widens its column`() throws {
    let run = try load([
      schema(["id": ["type": "integer"]]), record(["id": 1]), record(["id": .number("18446744073709551615")]),
      record(["id": 1]),
    ])
    #expect(run.errors == [])
    #expect(try rows(["id"]) == ["1", "'18446744073709551615'"])
  }

  @Test func `another key replaces the old one`() throws {
    _ = try load([schema(plain), record(["id": 1, "v": "a"])])
    _ = try load([schema(plain, keys: ["id", "v"]), record(["id": 1, "v": "b"]), record(["id": 1, "v": "b"])])
    #expect(try rows(["id", "v"]) == ["1|'a'", "1|'b'"])
  }

  @Test func `an activated version drops the rows of older ones`() throws {
    _ = try load([
      schema(plain), record(["id": 1], version: 5), record(["id": 2], version: 5),
      SingerMessage.activateVersion(stream: "t", version: 5).line,
    ])
    _ = try load([
      schema(plain), record(["id": 2], version: 6), record(["id": 3], version: 6),
      SingerMessage.activateVersion(stream: "t", version: 6).line,
    ])
    #expect(try rows(["id"]) == ["2", "3"])
    _ = try load([schema(plain), SingerMessage.activateVersion(stream: "t", version: 7).line])
    #expect(try rows(["id"]).isEmpty)
  }

  @Test func `a table that was there before keeps its types and gets what it lacks`() throws {
    _ = try load([schema(["x": [:]], keys: [])])
    try DatabaseQueue(path: path).write {
      try $0.execute(sql: "DROP TABLE t; CREATE TABLE t (id REAL, mine TEXT DEFAULT 'm')")
    }
    #expect(try load([schema(plain), record(["id": 1, "v": "a"]), record(["id": 1, "v": "b"])]).errors == [])
    #expect(try rows(["id", "mine", "v"]) == ["1.0|'m'|'b'"])
  }

  private static let mistakes: [(String, String)] = [
    ("nonsense", "line 4 of the input: not JSON"),
    (#"{"type":"RECORD","stream":"u","record":{}}"#, "line 4 of the input: a record of stream `u` before its schema"),
    (
      #"{"type":"RECORD","stream":"t","record":{"id":"x"}}"#,
      "line 4 of the input: stream `t`: `id` is a string, the schema says integer"
    ),
    (
      #"{"type":"RECORD","stream":"t","record":{"v":"x"}}"#,
      "line 4 of the input: stream `t`: a record without its key property `id`"
    ),
    (#"{"type":"RECORD","stream":"t","record":{"id":1.5}}"#, "`id` is a number, the schema says integer"),
    (#"{"type":"RECORD","stream":"t","rec"#, "line 4 of the input: not JSON"),
    (#"{"type":"BATCH","stream":"t"}"#, "BATCH messages"),
    (
      #"{"type":"SCHEMA","stream":"t","schema":{},"key_properties":["k"]}"#,
      "key property `k` of stream `t` is not in its schema"
    ),
  ]

  @Test(arguments: mistakes)
  func `a wrong line ends the run, and what was not committed is rolled back`(line: String, message: String) throws {
    _ = try load([schema(plain), record(["id": 9, "v": "before"])])
    let run = try load([schema(plain), record(["id": 1, "v": "lost"]), state(1), line])
    #expect(run.code == 1)
    #expect(run.output == [])
    #expect(run.errors.count == 1)
    #expect(run.errors.first?.contains(message) == true, "\(run.errors)")
    #expect(try rows(["id"]) == ["9"])
  }

  @Test func `a state is printed after its commit, while the input stays open`() throws {
    let target = ConnectorThread("sqlite", config: try bench.write(config.text, to: "c.json"))
    for id in 1...3 {
      target.send([schema(plain), record(["id": .integer(id)]), state(id)])
      #expect(target.nextLine() == #"{"at":\#(id)}"#)
      #expect(try rows(["id"]).count == id)
    }
    target.send([record(["id": 4])])
    target.closeInput()
    #expect(target.nextLine() == nil)
    #expect(target.exitCode() == 0)
    #expect(try rows(["id"]).count == 4)
  }

  @Test func `batches are committed on the way`() throws {
    let lines = [schema(plain)] + (1...25).map { record(["id": .integer($0)]) } + ["nonsense"]
    #expect(try load(lines, ["batchRows": 10]).code == 1)
    #expect(try rows(["id"]).count == 20)
  }

  @Test func `a table prefix and odd names`() throws {
    let name = #"we"ird table"#
    let lines = [
      SingerMessage.schema(
        SchemaMessage(stream: name, schema: ["properties": ["a b\"c": [:]]], keyProperties: ["a b\"c"])
      ).line,
      SingerMessage.record(RecordMessage(stream: name, record: [JSONMember("a b\"c", 1)])).line,
    ]
    #expect(try load(lines, ["tablePrefix": "raw_"]).errors == [])
    #expect(try rows(["a b\"c"], of: "raw_" + name) == ["1"])
  }

  @Test(arguments: 0..<30)
  func `damaged input never crashes a target`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    var bytes = Array(
      ([schema(plain)] + (0..<20).map { record(["id": .integer($0), "v": "x"], version: $0 % 3) } + [state(1)]).joined(
        separator: "\n"
      ).utf8)
    for _ in 0..<Int.random(in: 1...6, using: &random) {
      bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 32...126, using: &random)
    }
    let text = String(decoding: bytes, as: UTF8.self)
    for (name, config) in [("sqlite", config), ("jsonl", ["folder": .string(bench.path("j"))])] {
      let run = try bench.run(name, config: config, input: text)
      #expect(run.code == 0 ? true : run.errors.last?.hasPrefix("CRITICAL ") == true)
    }
  }
}

extension Double {
  fileprivate var json: JSONValue { .number("\(self)") }
}
