import Foundation
import SingerProtocol
import Testing

@testable import BuiltinConnectors

struct ConnectorConfigTests {
  private static let cases: [(String, JSONValue, [String])] = [
    ("csv", ["path": "a"], []), ("csv", [:], ["exactly one of `path` and `files` is needed"]),
    ("csv", ["path": "a", "files": []], ["exactly one of `path` and `files` is needed"]),
    ("csv", ["path": 1], ["`path` must be of type string"]),
    ("csv", ["pat": "a", "path": "a"], ["`pat` is not a setting; did you mean `path`?"]),
    ("csv", ["files": [["stream": "a"]]], ["`path` is missing"]),
    (
      "csv", ["files": [["stream": "a", "path": "b", "types": ["c": "int"]]]],
      ["`types` must be of type map of column types (integer, number, boolean, string, date-time)"]
    ),
    ("sqlite", [:], ["`path` is missing"]),
    ("sqlite", ["path": "a", "batchRows": -1], ["`batchRows` must be of type integer"]),
    ("jsonl", "x", ["the config is a string, not an object"]),
  ]

  @Test(arguments: cases)
  func `every mistake in a config is named`(name: String, config: JSONValue, messages: [String]) throws {
    let connector = try #require(builtinConnectors.first { $0.name == name })
    #expect(connector.problems(in: config).map(\.message) == messages)
  }

  @Test func `a nested mistake is placed`() throws {
    let csv = try #require(builtinConnectors.first { $0.name == "csv" })
    #expect(csv.problems(in: ["files": [["stream": "a", "path": 3]]]).map(\.path) == [["files", "0", "path"]])
  }

  @Test(arguments: [
    (["--config"], "needs a file"), (["--nope"], "unknown argument"), ([], "`--config FILE` is missing"),
    (["--config", "/does/not/exist"], "cannot open"),
  ])
  func `a wrong command line is one line and exit code 1`(arguments: [String], message: String) throws {
    let bench = Workbench()
    let errors = creat(bench.path("err"), 0o600)
    let streams = ConnectorStreams(input: 0, output: 1, errors: errors)
    #expect(runConnector(named: "csv", arguments: arguments, streams: streams, stop: StopFlag()) == 1)
    close(errors)
    #expect(try bench.lines("err").count == 1)
    #expect(try bench.read("err").contains(message))
  }

  @Test func `the example loads from a CSV file into SQLite and a second run adds nothing`() throws {
    let bench = Workbench()
    let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let tap: JSONValue = [
      "files": [["stream": "orders", "path": .string("/\(root)/examples/csv-to-sqlite/orders.csv"), "keys": ["id"]]]
    ]
    for _ in 0..<2 {
      let read = try bench.run("csv", config: tap)
      #expect(try read.records.count == 600)
      let load = try bench.run(
        "sqlite", config: ["path": .string(bench.path("w"))], input: read.output.map { $0 + "\n" }.joined())
      #expect(load.errors == [])
      #expect(load.output == [#"{"bookmarks":{}}"#])
    }
  }
}
