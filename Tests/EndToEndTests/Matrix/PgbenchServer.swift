import Testing

/// A PostgreSQL server with a database from which every test gets a copy: pgbench's tables, prepared as the example says, with few
/// accounts, and a gate in them (see `Gate`).
struct PgbenchServer: Sendable {
  static let template = "pgbench_template"
  /// Of the first accounts; the others come later.
  static let accounts = 1000
  /// The role of the connectors: no superuser, for only then the gate holds it up.
  static let role = "copier"

  let server: PostgresServer

  @TaskLocal static var open: PgbenchServer?

  /// The one of the suite that is running.
  static func current() throws -> PgbenchServer {
    guard let open else { throw Trouble("the suite lacks the trait `.pgbench`") }
    return open
  }

  static func opened(_ body: (PgbenchServer) async throws -> Void) async throws {
    try await installConnectors()
    try await PostgresServer.opened(with: ["POSTGRES_PGBENCH_SCALE": "0", "POSTGRES_ORDERS": "1"]) { server in
      try await prepare(server)
      try await body(PgbenchServer(server: server))
    }
  }

  static let example = Place.root + "/examples/postgres-to-postgres"
  /// Kept beside the build, for all state folders.
  static let connectors = ["PIPECTL_CONNECTORS": Place.root + "/.build/connectors"]

  /// All that the example names, before the first run needs them; the index may have a bad moment.
  private static func installConnectors() async throws {
    let bench = try Bench(secrets: connectors)
    for attempt in 1...3 {
      let end = try await bench.launch(["connectors", "install", "-f", example, "--env", "here"]).end(
        within: .seconds(1200))
      if end.code == 0 { return }
      guard attempt < 3 else { throw Trouble("the connectors could not be installed: \(end)") }
    }
  }

  private static func prepare(_ server: PostgresServer) async throws {
    try await server.sql("CREATE DATABASE \(template)")
    try await server.run("pgbench", ["--initialize", "--quiet"], in: template)
    try await server.sql("DELETE FROM pgbench_accounts WHERE aid > \(accounts)", in: template)
    try await server.run(script: example + "/prepare.sql", in: template)
    // It reads in the order of an index, so that rows come out before the gate; this user's password is not a secret.
    try await server.sql("CREATE ROLE \(role) LOGIN REPLICATION PASSWORD '\(server.password)'")
    try await server.sql("ALTER ROLE \(role) SET enable_sort = off")
    try await server.sql("GRANT SELECT ON ALL TABLES IN SCHEMA public TO \(role)", in: template)
    for statement in Gate.construction { try await server.sql(statement, in: template) }
    // The first query of the pipelinewise tap has no order: where its last row is not the youngest, the next run reads more again.
    try await server.sql("CLUSTER pgbench_accounts USING pgbench_accounts_pkey", in: template)
    try await server.sql("VACUUM ANALYZE", in: template)
  }
}

/// Opens such a server around a suite.
struct PgbenchTrait: SuiteTrait, TestScoping {
  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    try await PgbenchServer.opened { server in
      try await PgbenchServer.$open.withValue(server) { try await function() }
    }
  }
}

extension Trait where Self == PgbenchTrait {
  static var pgbench: PgbenchTrait { PgbenchTrait() }
}
