import ContractServers
import EngineAPI
import PipelineModel
import Testing

@testable import RelationalMigratorEngine

/// What an import writes out, and what it leaves to be filled in.
@Suite struct ImportTests {
  @Test(arguments: [
    "jdbc:mysql://db/shop?passwd=CANARY", "jdbc:mysql://db/shop?x=1&PWD=CANARY", "jdbc:mysql://me:CANARY@db/shop",
    "jdbc:oracle:thin:scott/CANARY@//db:1521/shop", "jdbc:sqlserver://db;user=me;pass=CANARY",
    "jdbc:sqlserver://db;trustStorePassword=CANARY", "jdbc:postgresql://db/shop?sslpassword=CANARY",
    "jdbc:postgresql://db/shop?passphrase=CANARY", "jdbc:snowflake://db/?authenticator=oauth&token=CANARY",
    "jdbc:postgresql://db/shop?api_key=CANARY", "jdbc:db2://db/shop:user=me;dbpass=CANARY;",
  ])
  func `an address with a credential in it is a reference`(address: String) async throws {
    try await withSource(of: address) { source in
      guard case .secret = source.url else {
        Issue.record("\(source.url) is written out")
        return
      }
    }
  }

  @Test(arguments: [
    "jdbc:postgresql://db.internal/shop", "jdbc:postgresql://db/shop?sslmode=require&user=shop",
    "jdbc:sqlserver://db:1433;databaseName=shop;encrypt=true",
  ])
  func `an address without one is written out`(address: String) async throws {
    try await withSource(of: address) { #expect($0.url == .string(address)) }
  }

  /// The source of a migration that is imported where the latest job of its project had that address.
  private func withSource(of address: String, _ body: @Sendable @escaping (MigrationSource) -> Void) async throws {
    try await withBench { bench in
      bench.dialect.change { $0.begin(at: bench.clock.now()) }
      bench.dialect.change { $0.editJob { $0.address = address } }
      let inventory = try await bench.engine.inventory(as: bench.order().spec.engine)
      guard case .described(let spec)? = inventory.objects.first?.standing else {
        Issue.record("nothing is described")
        return
      }
      body(try #require(spec.work.migration?.source))
    }
  }
}
