import Foundation
import Testing

/// A PostgreSQL server of its own, filled by pgbench and with orders, and the connectors that copy from it.
struct Shop: Sendable {
  let tap: String
  let target: String
  private let server: PostgresServer

  var port: Int { server.port }
  var password: String { server.password }

  @TaskLocal static var open: Shop?

  /// The one of the suite that is running.
  static func current() throws -> Shop {
    guard let open else { throw Trouble("the suite lacks the trait `.shop`") }
    return open
  }

  /// Opens it for as long as the body runs.
  static func opened(_ body: (Shop) async throws -> Void) async throws {
    let connectors = try await install()
    try await PostgresServer.opened(with: ["POSTGRES_ORDERS": "3000"]) { server in
      try await body(Shop(tap: connectors[0], target: connectors[1], server: server))
    }
  }

  /// The paths of tap and target, which are installed once and kept beside the build.
  private static func install() async throws -> [String] {
    let bench = try Bench()
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
  func sql(_ statement: String) async throws -> String { try await server.sql(statement) }

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
