import Foundation
import Testing

/// What the page of Hevo shows is what the program prints.
@Suite struct HevoTourTests {
  @Test func `the tour of Hevo is what the program prints`() throws {
    let sandbox = try Sandbox()
    let service = try ContractService("hevo", "--speed", "60", "--job", "600", in: sandbox)
    let secrets = ["HEVO_KEY": "hevo-key", "HEVO_SECRET": "hevo-secret"]
    let tour = Tour(page: "hevo", example: "hevo", address: "http://127.0.0.1:8812")
    let played = try tour.played(against: service, in: sandbox, environment: secrets)
    #expect(service.violations == "")
    guard Transcript.isRecording else {
      #expect(try tour.written() == played, "`PIPECTL_RECORD=1 swift test --filter HevoTourTests` records it anew")
      return
    }
    #expect(ProcessInfo.processInfo.environment["CI"] == nil, "tours are not recorded in CI")
    try tour.save(played)
  }
}
