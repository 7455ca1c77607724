import Foundation
import Testing

/// A pipeline on Hevo Edge, from the command line: against a program that plays the service.
@Suite struct HevoTests {
  private static let secrets = ["HEVO_KEY": "hevo-key", "HEVO_SECRET": "CANARY-secret"]

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

  private func write(_ spec: String, _ service: ContractService, in sandbox: Sandbox) throws {
    try sandbox.write(manifests(spec, service.address), to: "shop.yaml")
  }

  private func service(in sandbox: Sandbox, job: String = "60", fault: String? = nil, begun: String? = nil) throws
    -> ContractService
  {
    try ContractService(
      "hevo", "--speed", "100", "--secret", "CANARY-secret", "--refresh", "100", "--job", job,
      fault.map { "--fault=" + $0 } ?? "--no-schedules", begun.map { "--begun=" + $0 } ?? "--no-schedules", in: sandbox)
  }

  /// Files of the sandbox in which the secret stands.
  private func leaks(in sandbox: Sandbox) -> [String] {
    let files = FileManager.default.enumerator(atPath: sandbox.path)?.allObjects as? [String] ?? []
    return files.filter { file in
      FileManager.default.contents(atPath: sandbox.path + "/" + file)?.range(of: Data("CANARY".utf8)) != nil
    }
  }

  @Test func `apply writes the schedule, starts one job although an answer is lost, and has nothing left to do`() throws
  {
    let sandbox = try Sandbox()
    let service = try service(in: sandbox, fault: "POST /api/v1/pipelines/*/actions/sync-now=drop-after")
    try write("schedule: {every: 6h}, paused: false, job: {request: first, action: start}", service, in: sandbox)
    #expect(try sandbox.pipectl("validate", "-f", "shop.yaml").exitCode == 0)
    let plan = try sandbox.pipectl("plan", "-f", "shop.yaml", environment: Self.secrets)
    #expect(plan.output.contains("1 to create, 1 to write-settings, 1 to start"), "\(plan)")
    let apply = try sandbox.pipectl("apply", "-f", "shop.yaml", environment: Self.secrets)
    #expect(apply.exitCode == 0, "\(apply)")
    #expect(apply.errors.contains("shop.1: succeeded"), "\(apply)")
    let again = try sandbox.pipectl("plan", "-f", "shop.yaml", "--detailed-exitcode", environment: Self.secrets)
    #expect(again.exitCode == 0 && again.output.contains("Nothing to do"), "\(again)")
    #expect(!"\(apply)\(again)".contains("shop.2"), "one run: \(again)")
    try write("schedule: null, paused: true", service, in: sandbox)
    let paused = try sandbox.pipectl("apply", "-f", "shop.yaml", environment: Self.secrets)
    #expect(paused.exitCode == 0, "\(paused)")
    let settled = try sandbox.pipectl("plan", "-f", "shop.yaml", "--detailed-exitcode", environment: Self.secrets)
    #expect(settled.exitCode == 0, "\(settled)")
    let refused = try sandbox.pipectl("start", "shop", environment: Self.secrets)
    #expect(refused.exitCode == 1 && "\(refused)".contains("disabled in Hevo"), "\(refused)")
    #expect(service.violations == "", "what the documents of Hevo do not allow was asked for")
    #expect(leaks(in: sandbox) == [])
  }

  @Test func `stop asks first, ends the job that is meant, and says when it is over`() throws {
    let sandbox = try Sandbox()
    let service = try service(in: sandbox, job: "1000000")
    try write("job: {request: first, action: start}", service, in: sandbox)
    let apply = try sandbox.pipectl("apply", "-f", "shop.yaml", "--no-wait", environment: Self.secrets)
    #expect(apply.exitCode == 0, "\(apply)")
    let asked = try sandbox.pipectl("stop", "shop", environment: Self.secrets)
    #expect(asked.exitCode == 1 && asked.errors.contains("--yes"), "\(asked)")
    let stop = try sandbox.pipectl(
      "stop", "--run", "shop.1", "--yes", "--reason", "wrong trigger", environment: Self.secrets)
    #expect(stop.exitCode == 0 && "\(stop)".contains("shop.1 is over: cancelled"), "\(stop)")
    let idle = try sandbox.pipectl("stop", "shop", "--yes", environment: Self.secrets)
    #expect(idle.exitCode == 0 && "\(idle)".contains("nothing was stopped"), "\(idle)")
    #expect(service.violations == "")
  }

  @Test func `a wrong trigger is cancelled with its reason`() throws {
    let sandbox = try Sandbox()
    let service = try service(in: sandbox, job: "1000000")
    try write("job: {request: first, action: start}", service, in: sandbox)
    let apply = try sandbox.pipectl("apply", "-f", "shop.yaml", "--no-wait", environment: Self.secrets)
    #expect(apply.exitCode == 0, "\(apply)")
    try write("job: {request: enough, action: cancel, reason: wrong month}", service, in: sandbox)
    let cancel = try sandbox.pipectl("apply", "-f", "shop.yaml", "--yes", environment: Self.secrets)
    #expect(cancel.exitCode == 0 && cancel.errors.contains("shop.1"), "\(cancel)")
    let described = try sandbox.pipectl("describe", "shop", environment: Self.secrets)
    #expect(described.output.contains("wrong month"), "\(described)")
    let run = try sandbox.pipectl("describe", "run", "shop.1", environment: Self.secrets)
    #expect(run.output.contains("cancelled"), "\(run)")
    #expect(service.violations == "")
  }

  @Test func `a job that Hevo began by itself is shown, and stopped by its run`() throws {
    let sandbox = try Sandbox()
    let service = try service(in: sandbox, job: "1000000", begun: "17:RESYNC")
    try write("paused: false", service, in: sandbox)
    let apply = try sandbox.pipectl("apply", "-f", "shop.yaml", environment: Self.secrets)
    #expect(apply.exitCode == 0, "\(apply)")
    let shown = try sandbox.pipectl("describe", "shop", environment: Self.secrets)
    #expect(shown.output.contains("shop.1"), "\(shown)")
    let stop = try sandbox.pipectl("stop", "--run", "shop.1", "--yes", environment: Self.secrets)
    #expect(stop.exitCode == 0 && "\(stop)".contains("cancelled"), "\(stop)")
    let history = try sandbox.pipectl("history", "shop")
    #expect(history.output.contains("somebody else, on the engine"), "\(history)")
    #expect(service.violations == "")
  }

  @Test func `on-demand actions exist only where Hevo has them: what it lacks is a mistake at its line`() throws {
    let sandbox = try Sandbox()
    let mistakes = [
      ("schedule: {cron: \"0 6 * * *\"}", "PC0414"), ("schedule: {every: 36h}", "PC0414"),
      ("schedule: {every: 90s}", "PC0414"), ("schedule: {every: 1h, anchor: \"2026-01-01T00:00:00Z\"}", "PC0414"),
      ("schedule: {every: 1h, missed: skip}", "PC0409"), ("mode: continuous", "PC0405"),
      ("paused: true, job: {request: a, action: start}", "PC0421"),
      ("job: {request: a, action: complete}", "PC0407"),
    ]
    for (spec, code) in mistakes {
      try sandbox.write(manifests(spec, "https://eu.hevodata.com"), to: "shop.yaml")
      let answer = try sandbox.pipectl("validate", "-f", "shop.yaml")
      #expect(answer.exitCode == 1 && "\(answer)".contains("error[\(code)]"), "\(spec): \(answer)")
      #expect("\(answer)".contains("--> shop.yaml:9:"), "\(answer)")
    }
    for spec in ["schedule: null", "schedule: {every: 7m}", "mode: historical", "paused: {cancelRun: true}"] {
      try sandbox.write(manifests(spec, "https://eu.hevodata.com"), to: "shop.yaml")
      let answer = try sandbox.pipectl("validate", "-f", "shop.yaml")
      #expect(answer.exitCode == 0, "\(spec): \(answer)")
    }
  }
}
