import Foundation
import Testing

@testable import PipectlCommands

/// A saved plan is executed as it was shown, once, in the world that it was made for.
struct PlanFileTests {
  @Test func `a saved plan does what it says although the manifests changed since`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeCSVPipeline(request: "first")
    #expect(try sandbox.pipectl("plan", "-f", "pipelines", "--out", "saved").exitCode == 0)
    try sandbox.writeCSVPipeline(request: "other")
    let outcome = try sandbox.pipectl("apply", "saved")
    #expect(outcome.exitCode == 0, "\(outcome)")
    #expect(outcome.output.contains("request `first`"), "\(outcome)")
    #expect(try sandbox.pipectl("apply", "saved").errors.contains("Already applied"))
    #expect(try sandbox.count("runs") == 1)
  }

  @Test func `a plan that was killed while it was applied is finished by the same file`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeCSVPipeline("one", request: "first")
    try sandbox.writeCSVPipeline("two", request: "first")
    #expect(try sandbox.pipectl("plan", "-f", "pipelines", "--out", "saved").exitCode == 0)
    let apply = try sandbox.start(["apply", "saved"])
    try eventually("the first run is ordered") { sandbox.exists(".pipectl/runs/active") }
    apply.send(9)
    _ = apply.end()
    let outcome = try sandbox.pipectl("apply", "saved")
    #expect(outcome.exitCode == 0, "\(outcome)")
    for name in ["one", "two"] {
      let waited = try sandbox.pipectl("wait", name, "--for", "succeeded", "--timeout", "180s")
      #expect(waited.exitCode == 0, "\(waited)")
      #expect(try sandbox.rows(name) == 10)
    }
    #expect(try sandbox.count("runs") == 2)
  }

  @Test func `a plan of a newer pipectl is refused with its version`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeCSVPipeline()
    #expect(try sandbox.pipectl("plan", "-f", "pipelines", "--out", "saved").exitCode == 0)
    let text = try sandbox.read("saved").replacingOccurrences(of: "\"format\" : 1", with: "\"format\" : 99")
      .replacingOccurrences(of: "\"writtenBy\" : \"\(pipectlVersion)\"", with: "\"writtenBy\" : \"9.9.9\"")
    try sandbox.write(text, to: "saved")
    let outcome = try sandbox.pipectl("apply", "saved")
    #expect(outcome.exitCode == 1)
    #expect(outcome.errors.contains("9.9.9"), "\(outcome)")
  }

  @Test func `law 11: the same manifests give the same plan, byte for byte, in every process`() throws {
    let sandbox = try Sandbox()
    for name in ["one", "two", "three", "four", "five"] { try sandbox.writeCSVPipeline(name, request: "first") }
    let plans = try (0..<5).map { _ in try sandbox.pipectl("plan", "-f", "pipelines", "-o", "json", "-v").output }
    #expect(Set(plans).count == 1)
    #expect(plans[0].contains("\"one\""))
  }
}
