import Foundation
import GRDB
import Glibc

/// A pipeline of the built-in connectors: a CSV file of numbered rows, read slowly, into a table.
struct Numbers {
  let bench: Bench
  let rows: Int
  let manifest: String
  private let table: String

  /// `retry` goes into the manifest as it is.
  init(rows: Int, delay: Int = 1, stateEvery: Int = 10, retry: String = "{attempts: 1}") throws {
    bench = try Bench()
    self.rows = rows
    table = bench.folder + "/numbers.sqlite"
    let lines = (1...rows).map { "\($0),row \($0)\n" }
    let file = try bench.write("numbers.csv", "id,label\n" + lines.joined())
    manifest = try bench.write(
      "pipeline.yaml",
      """
      apiVersion: pipectl.dev/v1
      kind: Pipeline
      metadata: {name: numbers}
      spec:
        source:
          connector: {type: builtin, name: csv}
          config:
            stateEveryRecords: \(stateEvery)
            delayPerRecordMilliseconds: \(delay)
            files: [{stream: numbers, path: \(file), keys: [id]}]
        destination:
          connector: {type: builtin, name: sqlite}
          config: {path: \(table), batchRows: \(stateEvery)}
        streams: [{name: numbers, replication: incremental, key: id}]
        retry: \(retry)
        limits: {cancelGrace: 2s}
        job: {request: first-load, action: start}
      """)
  }

  /// The ids that have arrived, sorted; none before the table is made.
  func arrived() throws -> [Int] {
    guard FileManager.default.fileExists(atPath: table) else { return [] }
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    let database = try DatabaseQueue(path: table, configuration: configuration)
    return try database.read { database in
      guard try database.tableExists("numbers") else { return [] }
      return try Int.fetchAll(database, sql: "SELECT id FROM numbers ORDER BY id")
    }
  }

  /// Up to which id the pipeline's state says that everything has arrived; 0 without a state.
  func bookmark() async throws -> Int {
    let states = try await bench.read(ListDocument<StateDocument>.self, "state", "history", "numbers", "-o", "json")
    return try states.items.first?.state.map(Self.bookmark) ?? 0
  }

  /// The same of one Singer state.
  static func bookmark(_ state: String) throws -> Int {
    struct State: Decodable {
      var bookmarks: [String: Bookmark]
    }
    struct Bookmark: Decodable {
      var replication_key_value: Int?
    }
    return try JSONDecoder().decode(State.self, from: Data(state.utf8)).bookmarks["numbers"]?.replication_key_value ?? 0
  }

  /// Oldest first.
  func runs() async throws -> [RunDocument] {
    try await bench.read(ListDocument<RunDocument>.self, "get", "runs", "numbers", "-o", "json").items
      .sorted { Int($0.metadata.name.dropFirst(8)) ?? 0 < Int($1.metadata.name.dropFirst(8)) ?? 0 }
  }

  /// Waits until the latest run's journal says so.
  func reached(_ moment: Moment, of run: Int = 1) async throws {
    try await eventually("numbers.\(run) reaches: \(moment)") {
      guard let journal = bench.journal(of: "numbers"), journal.run == "numbers.\(run)" else { return false }
      return moment.isReached(in: journal)
    }
  }
}

/// A place in a run, told by what its supervisor has written down.
enum Moment: Sendable, CustomStringConvertible {
  case begun
  case discovering
  case targetStarted
  case tapStarted
  case confirmed(states: Int)
  case loading

  func isReached(in journal: Journal) -> Bool {
    switch self {
    case .begun: journal.supervisor != nil
    case .discovering: journal.child("discovery") != nil
    case .targetStarted: journal.child("target") != nil
    case .tapStarted: journal.child("tap") != nil
    case .confirmed(let states): journal.states.count >= states || journal.hasEnded
    case .loading: journal.stageBegan("load") || journal.hasEnded
    }
  }

  var description: String {
    switch self {
    case .begun: "its supervisor has begun"
    case .discovering: "discovery has begun"
    case .targetStarted: "the target has started"
    case .tapStarted: "the tap has started"
    case .confirmed(let states): "\(states) states are confirmed"
    case .loading: "the tap is done"
    }
  }
}
