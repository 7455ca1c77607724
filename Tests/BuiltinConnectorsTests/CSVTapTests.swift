import SingerProtocol
import Testing

@testable import BuiltinConnectors

struct CSVTapTests {
  private let bench = Workbench()

  @Test func `types are inferred over the whole file`() throws {
    let path = try bench.write(
      """
      id,amount,ok,at,zip,big,date,empty,mixed
      1,1.50,true,2026-01-01T10:00:00Z,01234,12345678901234567890,2026-01-01,,1
      2,2,FALSE,2026-01-01 10:00:00,99999,1,2026-01-02,,x
      """, to: "t.csv")
    let discovery = try bench.run("csv", config: ["path": .string(path), "keyProperties": ["id"]], ["--discover"])
    #expect(discovery.code == 0)
    let stream = try #require(try Catalog(parsing: Array(discovery.output.joined().utf8)).streams.first)
    #expect(stream.id == "t")
    #expect(stream.keyProperties == ["id"])
    #expect(stream.inclusion(of: "id") == .automatic)
    let types = stream.fields.map { ColumnType(schema: stream.schema["properties"]?[$0] ?? .null)?.rawValue }
    #expect(types == ["integer", "number", "boolean", "date-time", "string", "string", "string", "string", "string"])
    #expect(stream.metadata([])["valid-replication-keys"]?.arrayValue?.contains("ok") == false)
    let run = try bench.run("csv", config: ["path": .string(path)])
    #expect(run.errors == [])
    #expect(try run.column("amount") == ["1.50", "2"])
    #expect(try run.column("ok") == ["true", "false"])
    #expect(try run.column("at") == [#""2026-01-01T10:00:00Z""#, #""2026-01-01T10:00:00Z""#])
    #expect(try run.column("zip") == [#""01234""#, #""99999""#])
    #expect(try run.column("empty") == ["null", "null"])
  }

  @Test func `a full table carries a version that is activated at its end`() throws {
    let path = try bench.write("a\n1\n2\n", to: "t.csv")
    let run = try bench.run("csv", config: ["path": .string(path)])
    let version = try #require(try run.records.first?.version)
    #expect(try run.records.map(\.version) == [version, version])
    #expect(try run.messages.dropLast(2).last == .activateVersion(stream: "t", version: version))
  }

  private static let mistakes: [(String, JSONValue, String)] = [
    ("a,b\n1,2\n3\n", [:], "t.csv:3: the row has 1 field, the header has 2"), ("a,a\n", [:], "names column `a` twice"),
    ("", [:], "is empty: not even a header"),
    ("a\n1\n", ["types": ["b": "integer"]], "typed column `b` is not among a"),
    ("a\n1\n\nx\n", ["types": ["a": "integer"]], "t.csv:4: column `a` is of type integer, but holds `x`"),
    ("a\n1\n", ["keys": ["k"]], "key column `k` is not among a"),
    ("a,b\n,1\n", ["keys": ["a"]], "t.csv:2: key column `a` is empty"),
  ]

  @Test(arguments: mistakes)
  func `a mistake in a file is one line that names its place`(text: String, more: JSONValue, message: String) throws {
    var entry: JSONValue = ["stream": "t", "path": .string(try bench.write(text, to: "t.csv"))]
    for member in more.objectValue ?? [] { entry.set(member.key, to: member.value) }
    let run = try bench.run("csv", config: ["files": [entry]])
    #expect(run.code == 1)
    #expect(run.errors.count == 1)
    #expect(run.errors.first?.hasPrefix("CRITICAL ") == true)
    #expect(run.errors.first?.contains(message) == true, "\(run.errors)")
  }

  @Test func `folders and globs give a stream for each file`() throws {
    try bench.write("a\n1\n", to: "one.csv")
    try bench.write("a\n1\n", to: "two.csv")
    try bench.write("x", to: "readme.txt")
    let folder = try bench.run("csv", config: ["path": .string(bench.folder)])
    #expect(try folder.records.map(\.stream) == ["one", "two"])
    let glob = try bench.run("csv", config: ["path": .string(bench.path("t*.csv"))])
    #expect(try glob.records.map(\.stream) == ["two"])
    let none = try bench.run("csv", config: ["path": .string(bench.path("z*.csv"))])
    #expect(none.code == 1)
    #expect(none.errors.first?.contains("no file matches") == true)
  }

  @Test func `a file without a header and with another delimiter`() throws {
    let path = try bench.write("1;x\n2;y\n", to: "t.csv")
    let run = try bench.run("csv", config: ["path": .string(path), "header": false, "delimiter": ";"])
    #expect(try run.column("column_2") == [#""x""#, #""y""#])
  }

  @Test func `fields that are not selected are not read, keys always are`() throws {
    let path = try bench.write("id,a,b\n1,2,3\n", to: "t.csv")
    let config: JSONValue = ["path": .string(path), "keyProperties": ["id"]]
    let catalog = try self.catalog(config, SelectionRule(pattern: "t", fields: ["b"]))
    let run = try bench.run("csv", config: config, ["--catalog", catalog])
    #expect(try run.records.first?.record == [JSONMember("id", 1), JSONMember("b", 3)])
  }

  @Test func `an unwritable output is one line and exit code 1`() throws {
    let path = try bench.write("a\n1\n", to: "t.csv")
    let config = try bench.write(
      (["path": .string(path), "delayPerRecordMilliseconds": 1] as JSONValue).text, to: "c.json")
    let tap = ConnectorThread("csv", config: config)
    tap.closeOutput()
    #expect(tap.exitCode() == 1)
  }

  func catalog(_ config: JSONValue, _ rule: SelectionRule) throws -> String {
    let discovery = try bench.run("csv", config: config, ["--discover"])
    let selection = select(try Catalog(parsing: Array(discovery.output.joined().utf8)), .rules([rule]))
    #expect(selection.problems.isEmpty)
    return try bench.write(selection.catalog.text, to: "catalog.json")
  }
}
