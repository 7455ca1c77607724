import Foundation
import Glibc
import Testing

/// A pipeline on Stitch, from the command line: against a program that plays the service.
@Suite struct StitchTests {
  /// Plays Stitch, its clock a hundred times faster, until the test is over.
  private final class Service {
    let program: Running
    let address: String

    init(in sandbox: Sandbox, faults: [String] = []) throws {
      let arguments = ["stitch", "--port", "0", "--speed", "100"] + faults.flatMap { ["--fault", $0] }
      let program = try Running(
        program: Sandbox.programs + "/contract-server", arguments, in: sandbox, environment: [:], input: "")
      try eventually("the service listens") { program.output.contains("\n") || !program.isRunning }
      guard let address = program.output.split(separator: " ").last else { throw SandboxError(program.errors) }
      self.program = program
      self.address = address.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    deinit { program.send(SIGKILL) }
  }

  private static let token = ["STITCH_TOKEN": "stitch-token"]

  private func write(_ spec: String, _ service: Service, in sandbox: Sandbox) throws {
    try sandbox.write(
      """
      apiVersion: pipectl.dev/v1
      kind: Engine
      metadata: {name: stitch-eu}
      spec: {type: stitch, baseURL: "\(service.address)", credentials: {token: {fromEnv: STITCH_TOKEN}}}
      ---
      apiVersion: pipectl.dev/v1
      kind: Pipeline
      metadata: {name: shop}
      spec: {engine: stitch-eu, remote: {id: "4711"}, \(spec)}
      """, to: "shop.yaml")
  }

  @Test func `apply writes the schedule and the pause, starts the job, and has nothing left to do`() throws {
    let sandbox = try Sandbox()
    let service = try Service(in: sandbox)
    try write("schedule: {every: 6h}, paused: true, job: {request: first, action: start}", service, in: sandbox)
    let plan = try sandbox.pipectl("plan", "-f", "shop.yaml", environment: Self.token)
    #expect(plan.output.contains("1 to create, 1 to write-settings, 1 to start"), "\(plan)")
    let apply = try sandbox.pipectl("apply", "-f", "shop.yaml", environment: Self.token)
    #expect(apply.exitCode == 0, "\(apply)")
    #expect(apply.errors.contains("shop.1: succeeded"), "\(apply)")
    let again = try sandbox.pipectl("plan", "-f", "shop.yaml", "--detailed-exitcode", environment: Self.token)
    #expect(again.exitCode == 0, "\(again)")
    #expect(again.output.contains("Nothing to do"), "\(again)")
    try write("schedule: {every: 1h}, job: {request: first, action: start}", service, in: sandbox)
    let changed = try sandbox.pipectl("plan", "-f", "shop.yaml", "-v", environment: Self.token)
    #expect(changed.output.contains("every 6h -> every 1h") || changed.output.contains("every 6h"), "\(changed)")
    #expect(service.program.errors == "", "what the documents of Stitch do not allow was asked for")
    let files = FileManager.default.enumerator(atPath: sandbox.path)?.allObjects as? [String] ?? []
    let leaks = files.filter { file in
      FileManager.default.contents(atPath: sandbox.path + "/" + file)?.range(of: Data("stitch-token".utf8)) != nil
    }
    #expect(leaks == [])
  }

  @Test func `credentials that are missing or wrong change nothing, and are named`() throws {
    let sandbox = try Sandbox()
    let service = try Service(in: sandbox)
    try write("job: {request: first, action: start}", service, in: sandbox)
    let missing = try sandbox.pipectl("apply", "-f", "shop.yaml")
    #expect(missing.exitCode == 1, "\(missing)")
    #expect(missing.errors.contains("`STITCH_TOKEN`"), "\(missing)")
    let wrong = try sandbox.pipectl("apply", "-f", "shop.yaml", environment: ["STITCH_TOKEN": "CANARY"])
    #expect(wrong.exitCode == 1, "\(wrong)")
    #expect(wrong.errors.contains("credentials are not accepted"), "\(wrong)")
    #expect(!wrong.description.contains("CANARY"))
    let right = try sandbox.pipectl("apply", "-f", "shop.yaml", "--no-wait", environment: Self.token)
    #expect(right.exitCode == 0, "\(right)")
  }
}
