import Foundation
import Testing

/// What the page of Stitch shows is what the program prints.
@Suite struct StitchTourTests {
  @Test func `the tour of Stitch is what the program prints`() throws {
    let sandbox = try Sandbox()
    let service = try ContractService(
      "stitch", "--speed", "60", "--job-takes", "7200", "--no-schedules", in: sandbox)
    let tour = Tour(page: "stitch", example: "stitch", address: "http://127.0.0.1:8811")
    let played = try tour.played(against: service, in: sandbox, environment: ["STITCH_TOKEN": "stitch-token"])
    #expect(service.violations == "")
    guard Transcript.isRecording else {
      #expect(try tour.written() == played, "`PIPECTL_RECORD=1 swift test --filter StitchTourTests` records it anew")
      return
    }
    #expect(ProcessInfo.processInfo.environment["CI"] == nil, "tours are not recorded in CI")
    try tour.save(played)
  }
}
