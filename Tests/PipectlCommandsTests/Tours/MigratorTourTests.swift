import Foundation
import Testing

/// What the page of Relational Migrator shows is what the program prints.
@Suite struct MigratorTourTests {
  @Test func `the tour of Relational Migrator is what the program prints`() throws {
    let sandbox = try Sandbox()
    let service = try ContractService("migrator", "--speed", "60", "--continuous", "--snapshot", "300", in: sandbox)
    let secrets = [
      "SHOP_DB_PASSWORD": "CANARY-one", "ATLAS_URI": "mongodb+srv://shop:CANARY-two@cluster.example.com/shop",
    ]
    let tour = Tour(page: "migrator", example: "relational-migrator", address: "http://127.0.0.1:8278")
    try check(tour, tour.played(against: service, in: sandbox, environment: secrets))
    #expect(service.violations == "")
  }

  private func check(_ tour: Tour, _ played: [String]) throws {
    guard Transcript.isRecording else {
      #expect(try tour.written() == played, "`PIPECTL_RECORD=1 swift test --filter MigratorTourTests` records it anew")
      return
    }
    #expect(ProcessInfo.processInfo.environment["CI"] == nil, "tours are not recorded in CI")
    try tour.save(played)
  }
}
