import Foundation
import Glibc
import Testing

/// A PostgreSQL server of its own, filled by pgbench and with orders, and the connectors that copy from it.
struct Shop: Sendable {
  let port: Int
  let password: String
  let tap: String
  let target: String
  private let logs: String

  @TaskLocal static var open: Shop?

  /// The one of the suite that is running.
  static func current() throws -> Shop {
    guard let open else { throw Trouble("the suite lacks the trait `.shop`") }
    return open
  }

  /// Opens it for as long as the body runs; it also ends with this process, however that ends.
  static func opened(_ body: (Shop) async throws -> Void) async throws {
    let bench = try Bench()
    let connectors = try await install(bench)
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw Trouble("cannot make a pipe") }
    _ = fcntl(ends[1], F_SETFD, FD_CLOEXEC)
    // It reads until this process closes the pipe, or is gone.
    let server = try Program(
      Place.root + "/scripts/with-postgres.sh", ["sh", "-c", "echo $PGPORT $PGPASSWORD; exec cat"],
      environment: Place.environment.merging(["POSTGRES_ORDERS": "3000"]) { $1 }, logs: bench.folder + "/server",
      input: ends[0])
    close(ends[0])
    do {
      try await eventually("PostgreSQL answers") {
        server.outputSoFar.contains("\n") || !ProcessList.isAlive(server.pid)
      }
      let words = server.outputSoFar.split(whereSeparator: \.isWhitespace)
      guard words.count == 2, let port = Int(words[0]) else {
        throw Trouble("PostgreSQL did not start: \(try await server.end())")
      }
      try await body(
        Shop(port: port, password: String(words[1]), tap: connectors[0], target: connectors[1], logs: bench.folder))
      close(ends[1])
    } catch {
      close(ends[1])
      throw error
    }
    _ = try await server.end()
  }

  /// The paths of tap and target, which are installed once and kept beside the build.
  private static func install(_ bench: Bench) async throws -> [String] {
    let end = try await Program(
      Place.root + "/scripts/install-singer.sh", [Place.root + "/.build/singer", "tap-postgres", "target-jsonl"],
      environment: Place.environment, logs: bench.folder + "/install"
    ).end(within: .seconds(300))
    let paths = end.output.split(separator: "\n").map(String.init)
    guard end.code == 0, paths.count == 2 else { throw Trouble("the connectors could not be installed: \(end)") }
    return paths
  }

  /// What a statement prints, without decoration.
  @discardableResult
  func sql(_ statement: String) async throws -> String {
    var environment = Place.environment
    let servers = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? []
    let folders = servers.sorted { Int($0) ?? 0 > Int($1) ?? 0 }.map { "/usr/lib/postgresql/\($0)/bin" }
    environment["PATH"] = (folders + [environment["PATH"] ?? ""]).joined(separator: ":")
    environment["PGPASSWORD"] = password
    let end = try await Program(
      "/usr/bin/env",
      [
        "psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1", "--host=127.0.0.1",
        "--port=\(port)", "--username=shop", "--dbname=shop", "--command=\(statement)",
      ],
      environment: environment, logs: "\(logs)/sql-\(UUID().uuidString)"
    ).end()
    guard end.code == 0 else { throw Trouble("\(statement): \(end)") }
    return end.output.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// How many rows a table has.
  func count(_ table: String) async throws -> Int { Int(try await sql("SELECT count(*) FROM \(table)")) ?? -1 }
}

/// Opens a shop around a suite.
struct ShopTrait: SuiteTrait, TestScoping {
  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    try await Shop.opened { shop in
      try await Shop.$open.withValue(shop) { try await function() }
    }
  }
}

extension Trait where Self == ShopTrait {
  static var shop: ShopTrait { ShopTrait() }
}
