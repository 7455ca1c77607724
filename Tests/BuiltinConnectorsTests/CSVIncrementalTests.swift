import SeededRandom
import SingerProtocol
import Testing

@testable import BuiltinConnectors

struct CSVIncrementalTests {
  private let bench = Workbench()

  @Test func `the next run goes on at the bookmark, that row included`() throws {
    let path = try bench.write("id,at\n1,2026-01-01T00:00:00Z\n2,2026-01-02T00:00:00Z\n", to: "t.csv")
    let first = try sync(path, key: "at", state: nil)
    #expect(try first.column("id") == ["1", "2"])
    let state = try #require(try first.states.last)
    #expect(
      state.text == #"{"bookmarks":{"t":{"replication_key":"at","replication_key_value":"2026-01-02T00:00:00Z"}}}"#)
    try bench.write(
      "id,at\n1,2026-01-01T00:00:00Z\n2,2026-01-02T00:00:00Z\n3,2026-01-02T01:30:00+01:30\n4,2026-01-01T23:59:59Z\n5,\n",
      to: "t.csv")
    let second = try sync(path, key: "at", state: state)
    #expect(try second.column("id") == ["2", "3", "5"])
  }

  @Test func `other streams' bookmarks and unknown keys stay`() throws {
    let path = try bench.write("id\n1\n", to: "t.csv")
    let state = try JSONValue(parsing: #"{"x":1.0,"bookmarks":{"other":{"v":1}}}"#)
    let run = try sync(path, key: "id", state: state)
    #expect(
      try run.states.last?.text
        == #"{"x":1.0,"bookmarks":{"other":{"v":1},"t":{"replication_key":"id","replication_key_value":1}}}"#)
  }

  @Test(arguments: [
    (#"{"bookmarks":{"t":{"replication_key":"other","replication_key_value":9}}}"#, "another replication key"),
    (#"{"bookmarks":{"t":{"replication_key":"id","replication_key_value":"soon"}}}"#, "no integer"),
  ])
  func `a bookmark that means nothing here is said and left`(state: String, warning: String) throws {
    let path = try bench.write("id\n1\n2\n", to: "t.csv")
    let run = try sync(path, key: "id", state: try JSONValue(parsing: state))
    #expect(try run.column("id") == ["1", "2"])
    #expect(run.errors.first?.contains(warning) == true)
  }

  @Test func `integers beyond doubles are told apart`() throws {
    let path = try bench.write("id\n9007199254740992\n9007199254740993\n9007199254740994\n", to: "t.csv")
    let state = try JSONValue(
      parsing: #"{"bookmarks":{"t":{"replication_key":"id","replication_key_value":9007199254740993}}}"#)
    #expect(try sync(path, key: "id", state: state).column("id") == ["9007199254740993", "9007199254740994"])
  }

  @Test func `a sorted file gives states on the way, another only at its end`() throws {
    let sorted = try bench.write("id\n1\n2\n3\n4\n5\n", to: "t.csv")
    #expect(
      try sync(sorted, key: "id", state: nil).states.map { $0["bookmarks"]?["t"]?["replication_key_value"] } == [
        2, 4, 5, 5,
      ])
    let mixed = try bench.write("id\n5\n2\n3\n4\n1\n", to: "t.csv")
    #expect(
      try sync(mixed, key: "id", state: nil).states.map { $0["bookmarks"]?["t"]?["replication_key_value"] } == [5, 5])
  }

  @Test(arguments: [true, false], [7, 1000])
  func `a run that is asked to stop leaves no gap`(isSorted: Bool, after: Int) throws {
    let rows = 12_000  // More than the tap can write ahead of its reader.
    var random = SplitMix64(seed: UInt64(after))
    var ids = (0..<rows).map { $0 / 2 }
    if !isSorted { ids.shuffle(using: &random) }
    let path = try bench.write(
      "row,id\n" + ids.enumerated().map { "\($0.offset),\($0.element)\n" }.joined(), to: "t.csv")
    let config = config(path)
    let catalog = try catalog(config, key: "id")
    let tap = ConnectorThread("csv", config: try bench.write(config.text, to: "c.json"), ["--catalog", catalog])
    var lines: [String] = []
    while let line = tap.nextLine() {
      lines.append(line)
      if lines.count == after + 1 { tap.stop.set() }
    }
    #expect(tap.exitCode() == 0)
    let cut = Workbench.Outcome(code: 0, output: lines, errors: [])
    #expect(try cut.records.count < rows)
    let state = try #require(try cut.states.last)
    guard case .state = try cut.messages.last else {
      Issue.record("the last line is no state")
      return
    }
    let rest = try sync(path, key: "id", state: state)
    #expect(Set(try cut.column("row") + rest.column("row")) == Set((0..<rows).map(String.init)))
    if isSorted { #expect(try rest.records.count < rows) }
  }

  @Test func `a full table that was cut is not activated`() throws {
    let path = try bench.write("id\n1\n2\n3\n", to: "t.csv")
    let stop = StopFlag()
    stop.set()
    let run = try bench.run("csv", config: ["path": .string(path)], stop: stop)
    #expect(run.code == 0)
    #expect(try !run.messages.contains { if case .activateVersion = $0 { true } else { false } })
    #expect(try run.records.isEmpty)
  }

  private func config(_ path: String) -> JSONValue {
    [
      "files": [["stream": "t", "path": .string(path), "keys": []]], "stateEveryRecords": 2,
    ]
  }

  private func catalog(_ config: JSONValue, key: String) throws -> String {
    let discovery = try bench.run("csv", config: config, ["--discover"])
    let selection = select(
      try Catalog(parsing: Array(discovery.output.joined().utf8)),
      .rules([SelectionRule(pattern: "t", method: .incremental, key: key)]))
    #expect(selection.problems.isEmpty)
    return try bench.write(selection.catalog.text, to: "catalog.json")
  }

  private func sync(_ path: String, key: String, state: JSONValue?) throws -> Workbench.Outcome {
    var arguments = ["--catalog", try catalog(config(path), key: key)]
    if let state { arguments += ["--state", try bench.write(state.text, to: "state.json")] }
    return try bench.run("csv", config: config(path), arguments)
  }
}
