import Foundation
import Glibc
import Testing

/// A pipeline on Hevo Edge, from the command line: against a program that plays the service.
@Suite struct HevoTests {
  /// Plays Hevo, its clock a hundred times faster, until the test is over.
  private final class Service {
    let program: Running
    let address: String

    init(in sandbox: Sandbox, faults: [String] = [], speed: Int = 100) throws {
      let arguments = ["hevo", "--port", "0", "--speed", "\(speed)"] + faults.flatMap { ["--fault", $0] }
      let program = try Running(
        program: Sandbox.programs + "/contract-server", arguments, in: sandbox, environment: [:], input: "")
      try eventually("the service listens") { program.output.contains("\n") || !program.isRunning }
      guard let address = program.output.split(separator: " ").last else { throw SandboxError(program.errors) }
      self.program = program
      self.address = address.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    deinit { program.send(SIGKILL) }
  }

  private static let secrets = ["HEVO_KEY": "hevo-key", "HEVO_SECRET": "hevo-secret"]

  private func manifests(_ spec: String, _ address: String) -> String {
    """
    apiVersion: pipectl.dev/v1
    kind: Engine
    metadata: {name: hevo-eu}
    spec: {type: hevo, baseURL: "\(address)", credentials: {key: {fromEnv: HEVO_KEY}, secret: {fromEnv: HEVO_SECRET}}}
    ---
    apiVersion: pipectl.dev/v1
    kind: Pipeline
    metadata: {name: shop}
    spec: {engine: hevo-eu, remote: {id: "17"}, \(spec)}
    """
  }

  private func write(_ spec: String, _ service: Service, in sandbox: Sandbox) throws {
    try sandbox.write(manifests(spec, service.address), to: "shop.yaml")
  }

  @Test func `apply writes the schedule, starts the job, and has nothing left to do`() throws {
    let sandbox = try Sandbox()
    let service = try Service(in: sandbox)
    try write("schedule: {every: 6h}, paused: false, job: {request: first, action: start}", service, in: sandbox)
    let plan = try sandbox.pipectl("plan", "-f", "shop.yaml", environment: Self.secrets)
    #expect(plan.output.contains("1 to create, 1 to write-settings, 1 to start"), "\(plan)")
    let apply = try sandbox.pipectl("apply", "-f", "shop.yaml", environment: Self.secrets)
    #expect(apply.exitCode == 0, "\(apply)")
    #expect(apply.errors.contains("shop.1: succeeded"), "\(apply)")
    let again = try sandbox.pipectl("plan", "-f", "shop.yaml", "--detailed-exitcode", environment: Self.secrets)
    #expect(again.exitCode == 0, "\(again)")
    #expect(again.output.contains("Nothing to do"), "\(again)")
    try write("schedule: null, paused: true, job: {request: first, action: cancel}", service, in: sandbox)
    let paused = try sandbox.pipectl("apply", "-f", "shop.yaml", environment: Self.secrets)
    #expect(paused.exitCode == 0, "\(paused)")
    let resumed = try sandbox.pipectl("start", "shop", environment: Self.secrets)
    #expect(resumed.errors.contains("disabled in Hevo"), "\(resumed)")
    #expect(service.program.errors == "", "what the documents of Hevo do not allow was asked for")
    let files = FileManager.default.enumerator(atPath: sandbox.path)?.allObjects as? [String] ?? []
    let leaks = files.filter { file in
      FileManager.default.contents(atPath: sandbox.path + "/" + file)?.range(of: Data("hevo-secret".utf8)) != nil
    }
    #expect(leaks == [])
  }
}
