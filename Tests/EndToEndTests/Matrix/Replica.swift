import Foundation
import Testing

/// The pipelines of a pair in the example, on databases and a state folder of their own or shared.
struct Replica {
  let pair: Pair
  let databases: Databases
  let bench: Bench
  private let environment: String

  init(_ pair: Pair) async throws {
    let databases = try await Databases()
    try self.init(pair, databases, try Bench(secrets: Self.secrets(of: databases)))
  }

  /// `patches` are those of the environment, beside the ones that every test has.
  init(_ pair: Pair, _ databases: Databases, _ bench: Bench, patches: String = "") throws {
    self.pair = pair
    self.databases = databases
    self.bench = bench
    environment = try bench.write(
      "environment.yaml",
      """
      apiVersion: pipectl.dev/v1
      kind: Environment
      metadata: {name: test}
      spec:
        variables:
          db_host: 127.0.0.1
          db_port: \(databases.server.port)
          db_user: \(PgbenchServer.role)
          db_password: {fromEnv: PGBENCH_PASSWORD}
          source_db: \(databases.source)
          warehouse_db: \(databases.warehouse)
          folder: \(bench.folder)/lines
        patches:
          # It would take 20,000 rows at once, and never be in the middle of so few.
          - {target: {kind: Source, name: "pipelinewise-*"}, spec: {config: {itersize: 100}}}
          \(patches)
      """)
  }

  static func secrets(of databases: Databases) -> [String: String] {
    PgbenchServer.connectors.merging(["PGBENCH_PASSWORD": databases.server.password]) { $1 }
  }

  private var manifests: [String] {
    ["-f", "\(PgbenchServer.example)/\(pair.name).yaml", "-f", environment, "--env", "test"]
  }

  /// Runs a command that has to end well.
  @discardableResult
  func does(_ arguments: String...) async throws -> Program.End { try await does(arguments) }

  @discardableResult
  private func does(_ arguments: [String]) async throws -> Program.End {
    let end = try await bench.launch(arguments).end(within: .seconds(300))
    try #require(end.code == 0, "\(pair.name): \(arguments.joined(separator: " ")): \(end)")
    return end
  }

  @discardableResult
  func apply(_ options: String...) async throws -> Program.End { try await does(["apply"] + manifests + options) }

  /// The manifests ask for nothing more.
  func expectNothingToDo() async throws {
    let again = try await apply()
    #expect(again.output.contains("Nothing to do."), "\(pair.name): \(again)")
    let plan = try await bench.launch(["plan", "--detailed-exitcode"] + manifests).end()
    #expect(plan.code == 0, "\(pair.name): \(plan)")
  }

  /// Of the pipeline that has no log in its name; oldest first.
  func runs() async throws -> [RunDocument] {
    try await bench.read(ListDocument<RunDocument>.self, "get", "runs", pair.name, "-o", "json").items
      .sorted { number(of: $0) < number(of: $1) }
  }

  private func number(of run: RunDocument) -> Int { Int(run.metadata.name.dropFirst(pair.name.count + 1)) ?? 0 }

  /// Records that the latest run has read of each table.
  func recordsOfLatestRun() async throws -> [Table: Int] {
    let streams = try await runs().last?.status.streams ?? []
    return Dictionary(
      uniqueKeysWithValues: Table.allCases.compactMap { table in
        streams.first { $0.name == table.stream }.map { (table, $0.records) }
      })
  }

  /// The pipeline's state, verbatim.
  func state() async throws -> String {
    let states = try await bench.read(ListDocument<StateDocument>.self, "state", "history", pair.name, "-o", "json")
    return try #require(states.items.first?.state)
  }

  /// Up to when accounts are known to have arrived.
  func bookmark() async throws -> String {
    struct State: Decodable {
      var bookmarks: [String: Bookmark]
    }
    struct Bookmark: Decodable {
      var replication_key_value: String?
    }
    let state = try JSONDecoder().decode(State.self, from: Data(try await state().utf8))
    return try #require(state.bookmarks[Table.accounts.stream]?.replication_key_value)
  }

  /// What has arrived of a table: of each key what came last.
  func arrived(_ table: Table) async throws -> [Int: Int] {
    switch pair.target {
    case .jsonl: try lines(of: table)
    case .meltano, .pipelinewise: try await databases.copy(of: table, in: pair.schema)
    }
  }

  private func lines(of table: Table) throws -> [Int: Int] {
    let path = "\(bench.folder)/lines/\(pair.name)/\(table.stream).jsonl"
    var rows: [Int: Int] = [:]
    for line in (FileManager.default.contents(atPath: path) ?? Data()).split(separator: 0x0A) {
      let record = try JSONSerialization.jsonObject(with: line) as? [String: Any] ?? [:]
      guard let key = record[table.key] as? Int else {
        throw Trouble("\(path): \(String(decoding: line, as: UTF8.self))")
      }
      rows[key] = record["_sdc_deleted_at"] is String ? nil : record[table.value] as? Int
    }
    return rows
  }

  /// Every row of these tables is in the copy as it is in the source, and nothing else is.
  func expectEqual(_ tables: Table..., after what: String) async throws {
    for table in tables {
      let arrived = try await arrived(table)
      let wanted = try await databases.rows(of: table)
      let differing = Set(wanted.keys).union(arrived.keys).filter { wanted[$0] != arrived[$0] }
      #expect(differing.isEmpty, "\(pair.name), \(table.rawValue), after \(what): \(differing.sorted().prefix(10))")
    }
  }
}
