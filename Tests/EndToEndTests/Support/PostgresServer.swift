import Foundation
import Glibc

/// A private PostgreSQL server with a database `shop`; its user `shop` may do everything.
struct PostgresServer: Sendable {
  let port: Int
  let password: String
  private let logs: String

  /// Opens one for as long as the body runs; it also ends with this process, however that ends. The script's page tells what
  /// `settings` there are.
  static func opened(with settings: [String: String], _ body: (PostgresServer) async throws -> Void) async throws {
    let bench = try Bench()
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw Trouble("cannot make a pipe") }
    _ = fcntl(ends[1], F_SETFD, FD_CLOEXEC)
    // It reads until this process closes the pipe, or is gone.
    let server = try Program(
      Place.root + "/scripts/with-postgres.sh", ["sh", "-c", "echo $PGPORT $PGPASSWORD; exec cat"],
      environment: Place.environment.merging(settings) { $1 }, logs: bench.folder + "/server", input: ends[0])
    close(ends[0])
    do {
      try await eventually("PostgreSQL answers") {
        server.outputSoFar.contains("\n") || !ProcessList.isAlive(server.pid)
      }
      let words = server.outputSoFar.split(whereSeparator: \.isWhitespace)
      guard words.count == 2, let port = Int(words[0]) else {
        throw Trouble("PostgreSQL did not start: \(try await server.end())")
      }
      try await body(PostgresServer(port: port, password: String(words[1]), logs: bench.folder))
      close(ends[1])
    } catch {
      close(ends[1])
      throw error
    }
    _ = try await server.end()
  }

  /// What a statement prints, without decoration.
  @discardableResult
  func sql(_ statement: String, in database: String = "shop") async throws -> String {
    try await run("psql", Self.quietly + ["--command=\(statement)"], in: database)
  }

  /// Runs a script.
  func run(script path: String, in database: String) async throws {
    try await run("psql", Self.quietly + ["--file=\(path)"], in: database)
  }

  /// Runs one of PostgreSQL's programs, which has to end well, and returns what it printed.
  @discardableResult
  func run(_ program: String, _ arguments: [String], in database: String) async throws -> String {
    let end = try await launch(program, arguments, in: database).end()
    guard end.code == 0 else { throw Trouble("\(program) \(arguments.joined(separator: " ")): \(end)") }
    return end.output.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// A session that executes what is written to `input`, and ends with it.
  func session(in database: String, input: Int32) throws -> Program {
    try launch("psql", Self.quietly, in: database, input: input)
  }

  /// Whether it can hand out its log as JSON.
  static var hasWal2json: Bool {
    installed.first.map { FileManager.default.fileExists(atPath: $0 + "/lib/wal2json.so") } ?? false
  }

  /// Newest first; Debian keeps them off PATH.
  private static var installed: [String] {
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? []
    return versions.sorted { Int($0) ?? 0 > Int($1) ?? 0 }.map { "/usr/lib/postgresql/\($0)" }
  }

  private static let quietly = [
    "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1",
  ]

  private func launch(
    _ program: String, _ arguments: [String], in database: String, input: Int32? = nil
  ) throws -> Program {
    var environment = Place.environment
    environment["PATH"] = (Self.installed.map { $0 + "/bin" } + [environment["PATH"] ?? ""]).joined(separator: ":")
    environment.merge([
      "PGHOST": "127.0.0.1", "PGPORT": "\(port)", "PGUSER": "shop", "PGPASSWORD": password, "PGDATABASE": database,
    ]) { $1 }
    return try Program(
      "/usr/bin/env", [program] + arguments, environment: environment, logs: "\(logs)/\(UUID().uuidString)",
      input: input)
  }
}
