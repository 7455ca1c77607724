import Foundation
import Testing

/// A secret has no textual form: not printed, not stored, not logged, in no argument and in no environment but its connector's.
struct CanaryTests {
  private static let canary = "CANARY-7f3a9c51d2"

  private func writePipeline(_ sandbox: Sandbox, request: String, failing: Bool) throws {
    try sandbox.writeGatedPipeline(request: request)
    let manifest = try sandbox.read("pipelines/slow.yaml").replacingOccurrences(
      of: "stream: slow}", with: "stream: slow, password: {fromEnv: CANARY}, token: {fromFile: \(sandbox.path)/token}}")
    try sandbox.write(manifest, to: "pipelines/slow.yaml")
    try sandbox.write(Self.canary + "-file\n", to: "token", mode: 0o600)
    // A connector that tells everything it knows, as some do when they fail.
    let tap = try sandbox.read("gated-tap").replacingOccurrences(
      of: "stream = config[\"stream\"]",
      with: """
        stream = config["stream"]
        assert config["password"].startswith("CANARY") and config["token"].startswith("CANARY"), "no secrets came"
        print("connecting with", config["password"], config["token"], file=sys.stderr, flush=True)
        if \(failing ? "True" : "False") and not arguments.discover:
            raise SystemExit("refused: " + json.dumps(config))
        """)
    try sandbox.write(tap, to: "gated-tap", mode: 0o755)
  }

  /// Every file below the sandbox but those that the test itself made, except while a run needs them.
  private func leaks(in sandbox: Sandbox) -> [String] {
    let files = FileManager.default.enumerator(atPath: sandbox.path)?.allObjects as? [String] ?? []
    return files.filter { file in
      guard file != "token", let data = FileManager.default.contents(atPath: sandbox.path + "/" + file) else {
        return false
      }
      return data.range(of: Data(Self.canary.utf8)) != nil
    }.sorted()
  }

  @Test(arguments: [false, true])
  func `law 9: a secret is nowhere after a run`(failing: Bool) throws {
    let sandbox = try Sandbox()
    try writePipeline(sandbox, request: "first", failing: failing)
    try sandbox.write("", to: "gate")
    let environment = ["CANARY": Self.canary]
    for arguments in [
      ["validate", "-f", "pipelines", "--show-origin"], ["plan", "-f", "pipelines", "-v", "--out", "saved.plan"],
      ["plan", "-f", "pipelines", "-o", "json"], ["diff", "-f", "pipelines"], ["apply", "-f", "pipelines"],
      ["plan", "-f", "pipelines", "-o", "markdown", "--format", "github"], ["diff", "-f", "pipelines", "-o", "yaml"],
      ["validate", "-f", "pipelines", "--format", "sarif"], ["get", "slow", "-o", "yaml"],
      ["apply", "-f", "pipelines", "-o", "json"], ["start", "slow", "-o", "json"], ["apply", "saved.plan"],
    ] {
      _ = try sandbox.start(arguments, environment: environment).end()
    }
    let wait = try sandbox.pipectl("wait", "slow")
    #expect(wait.errors.contains(failing ? "failed" : "succeeded"), "\(wait)")
    #expect(leaks(in: sandbox) == [], "what was printed is in files below the sandbox too")
  }

  @Test func `a secret is in no argument, and in no environment but that of the command that was given it`() throws {
    let sandbox = try Sandbox()
    try writePipeline(sandbox, request: "first", failing: false)
    let apply = try sandbox.start(["apply", "-f", "pipelines"], environment: ["CANARY": Self.canary])
    try eventually("the run is under way") { sandbox.exists("gate-reached") }
    let processes = try processes(in: sandbox)
    #expect(processes.count >= 3, "apply's supervisor, tap and target should be there: \(processes)")
    for process in processes {
      #expect(!process.arguments.contains(Self.canary), "\(process)")
      let isGiven = process.arguments.contains("apply") || process.arguments.contains("supervise")
      #expect(isGiven || !process.environment.contains(Self.canary), "\(process)")
    }
    try sandbox.write("", to: "gate")
    #expect(apply.end().exitCode == 0)
    #expect(leaks(in: sandbox) == [])
  }

  @Test func `a secret that cannot be resolved fails the run without naming more than its reference`() throws {
    let sandbox = try Sandbox()
    try writePipeline(sandbox, request: "first", failing: false)
    let outcome = try sandbox.pipectl("apply", "-f", "pipelines")
    #expect(outcome.exitCode == 1)
    #expect(outcome.errors.contains("CANARY"), "the reference is named: \(outcome)")
    #expect(try sandbox.rows("slow") == 0)
    #expect(leaks(in: sandbox) == [])
  }

  private struct Process {
    let arguments: String
    let environment: String
  }

  /// Those that have to do with the sandbox, as the kernel knows them.
  private func processes(in sandbox: Sandbox) throws -> [Process] {
    try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { Int($0) != nil }.compactMap { pid in
      guard let arguments = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline"),
        let environment = FileManager.default.contents(atPath: "/proc/\(pid)/environ")
      else { return nil }
      let process = Process(
        arguments: String(decoding: arguments, as: UTF8.self), environment: String(decoding: environment, as: UTF8.self)
      )
      return (process.arguments + process.environment).contains(sandbox.path) ? process : nil
    }
  }
}
