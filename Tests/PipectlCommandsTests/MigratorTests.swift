import Foundation
import Testing

/// Pipelines on Relational Migrator, from the command line: against a program that plays it.
@Suite struct MigratorTests {
  private static let secrets = [
    "DB_PASSWORD": "CANARY-one", "ATLAS_URI": "mongodb+srv://shop:CANARY-two@cluster.example.com/shop",
  ]

  private func write(_ spec: String, _ service: ContractService, in sandbox: Sandbox, to file: String = "shop.yaml")
    throws
  {
    try sandbox.write(manifests(spec, service.address), to: file)
  }

  private func manifests(_ spec: String, _ address: String) -> String {
    """
    apiVersion: pipectl.dev/v1
    kind: Engine
    metadata: {name: migrator}
    spec: {type: relational-migrator, baseURL: "\(address)", continuous: true}
    ---
    apiVersion: pipectl.dev/v1
    kind: Pipeline
    metadata: {name: shop}
    spec:
      engine: migrator
      migration:
        project: shop-1
        source: {type: POSTGRESQL, url: "jdbc:postgresql://db/shop", user: shop, password: {fromEnv: DB_PASSWORD}}
        destination: {connectionString: {fromEnv: ATLAS_URI}}
    \(spec)
    """
  }

  private func secretsIn(_ sandbox: Sandbox) -> [String] {
    let files = FileManager.default.enumerator(atPath: sandbox.path)?.allObjects as? [String] ?? []
    return files.filter { file in
      FileManager.default.contents(atPath: sandbox.path + "/" + file)?.range(of: Data("CANARY".utf8)) != nil
    }
  }

  @Test func `apply migrates once, asks before it rewrites the destination, and has nothing left to do`() throws {
    let sandbox = try Sandbox()
    let service = try ContractService(
      "migrator", "--speed", "100", "--fault", "POST /api/v1/jobs=drop-after", in: sandbox)
    try write("  mode: snapshot\n  job: {request: first, action: start}", service, in: sandbox)
    #expect(try sandbox.pipectl("validate", "-f", "shop.yaml").exitCode == 0)
    let apply = try sandbox.pipectl("apply", "-f", "shop.yaml", environment: Self.secrets)
    #expect(apply.exitCode == 0, "\(apply)")
    #expect(apply.errors.contains("shop.1: succeeded"), "\(apply)")
    let again = try sandbox.pipectl("plan", "-f", "shop.yaml", "--detailed-exitcode", environment: Self.secrets)
    #expect(again.exitCode == 0 && again.output.contains("Nothing to do"), "\(again)")

    let drop = "  mode: snapshot\n  job: {request: second, action: start, dropDestinationFirst: true}"
    try write(drop, service, in: sandbox)
    let refused = try sandbox.pipectl("apply", "-f", "shop.yaml", "--yes", environment: Self.secrets)
    #expect(refused.exitCode == 1 && refused.errors.contains("--allow rewrite"), "\(refused)")
    let allowed = try sandbox.pipectl(
      "apply", "-f", "shop.yaml", "--yes", "--allow", "rewrite", environment: Self.secrets)
    #expect(allowed.exitCode == 0 && allowed.errors.contains("shop.2: succeeded"), "\(allowed)")
    #expect(service.violations == "", "what the published schema does not allow was asked for")
    #expect(secretsIn(sandbox) == [])
  }

  @Test func `a start that may have arrived is not called running`() throws {
    let sandbox = try Sandbox()
    let service = try ContractService("migrator", "--fault", "POST /api/v1/jobs=drop-before", in: sandbox)
    try write("  mode: snapshot", service, in: sandbox)
    #expect(try sandbox.pipectl("apply", "-f", "shop.yaml", environment: Self.secrets).exitCode == 0)
    let start = try sandbox.pipectl("start", "shop", "--no-wait", environment: Self.secrets)
    #expect(start.exitCode == 0 && !start.errors.contains("is running"), "\(start)")
    #expect(start.errors.contains("Whether shop.1 has begun is not known yet: POST "), "\(start)")
  }

  @Test func `a start that waits for its turn on the instance says so, and stays pending where nobody waits longer`()
    throws
  {
    let sandbox = try Sandbox()
    let service = try ContractService("migrator", "--snapshot", "1000000", in: sandbox)
    let one = manifests("  mode: snapshot", service.address)
    let other = one.components(separatedBy: "---\n")[1].replacingOccurrences(of: "name: shop}", with: "name: other}")
    try sandbox.write(one + "\n---\n" + other, to: "both.yaml")
    #expect(try sandbox.pipectl("apply", "-f", "both.yaml", environment: Self.secrets).exitCode == 0)
    let first = try sandbox.pipectl("start", "shop", "--no-wait", environment: Self.secrets)
    #expect(first.exitCode == 0 && first.errors.contains("shop.1 is running."), "\(first)")
    let second = try sandbox.start(["start", "other", "--no-wait"], environment: Self.secrets)
    try eventually("it says what it waits for, or ends") {
      second.errors.contains("other waits: engine `migrator` already runs its limit of 1") || !second.isRunning
    }
    second.send(SIGINT)
    let outcome = second.end()
    #expect(outcome.exitCode == 130 && outcome.errors.contains("of other is recorded and stays pending"), "\(outcome)")
  }

  @Test
  func
    `a start works while the pipeline is paused, and stop asks before it terminates the snapshot and says what stays`()
    throws
  {
    let sandbox = try Sandbox()
    let service = try ContractService("migrator", "--speed", "100", "--snapshot", "1000000", in: sandbox)
    try write("  mode: snapshot\n  paused: true\n  job: {request: first, action: start}", service, in: sandbox)
    let apply = try sandbox.pipectl("apply", "-f", "shop.yaml", "--no-wait", environment: Self.secrets)
    #expect(apply.exitCode == 0, "\(apply)")
    let elsewhere = try sandbox.pipectl("apply", "-f", "shop.yaml", "--state", "other", environment: Self.secrets)
    #expect(
      elsewhere.exitCode == 1 && elsewhere.errors.contains("shop.2 is running"), "\(elsewhere)")
    let unasked = try sandbox.pipectl("stop", "shop", environment: Self.secrets)
    #expect(unasked.exitCode == 1 && unasked.errors.contains("needs your consent"), "\(unasked)")
    let stop = try sandbox.pipectl("stop", "shop", "--yes", environment: Self.secrets)
    #expect(stop.exitCode == 0 && stop.output.contains("cancelled"), "\(stop)")
    #expect("\(stop)".contains("Snapshot cancelled: what was migrated by then stays"), "\(stop)")
    #expect(service.violations == "")
  }

  @Test func `on-demand actions exist only where the job has them: what it lacks is a mistake at its line`() throws {
    let sandbox = try Sandbox()
    let mistakes = [
      ("  mode: snapshot\n  job: {request: a, action: complete}", "PC0406"), ("  mode: incremental", "PC0405"),
      ("  mode: snapshot\n  limits: {runTimeout: 1h}", "PC0204"),
    ]
    for (spec, code) in mistakes {
      try sandbox.write(manifests(spec, "http://127.0.0.1:8278"), to: "shop.yaml")
      let answer = try sandbox.pipectl("validate", "-f", "shop.yaml")
      #expect(answer.exitCode == 1 && "\(answer)".contains("error[\(code)]"), "\(spec): \(answer)")
    }
  }

  @Test func `a wrong trigger is cancelled with its reason`() throws {
    let sandbox = try Sandbox()
    let service = try ContractService("migrator", "--speed", "100", "--snapshot", "1000000", in: sandbox)
    try write("  mode: snapshot\n  job: {request: first, action: start}", service, in: sandbox)
    let apply = try sandbox.pipectl("apply", "-f", "shop.yaml", "--no-wait", environment: Self.secrets)
    #expect(apply.exitCode == 0, "\(apply)")
    try write(
      "  mode: snapshot\n  job: {request: enough, action: cancel, reason: wrong month}", service, in: sandbox)
    let cancel = try sandbox.pipectl("apply", "-f", "shop.yaml", "--yes", environment: Self.secrets)
    #expect(cancel.exitCode == 0 && cancel.errors.contains("shop.1"), "\(cancel)")
    let described = try sandbox.pipectl("describe", "shop", environment: Self.secrets)
    #expect(described.output.contains("wrong month"), "\(described)")
    #expect(service.violations == "")
  }

  @Test func `people are asked to confirm a cancel, and what was migrated before it counts: it stays`() throws {
    let sandbox = try Sandbox()
    let service = try ContractService("migrator", "--speed", "100", "--snapshot", "1000000", in: sandbox)
    try write("  mode: snapshot\n  job: {request: first, action: start}", service, in: sandbox)
    let apply = try sandbox.pipectl("apply", "-f", "shop.yaml", "--no-wait", environment: Self.secrets)
    #expect(apply.exitCode == 0, "\(apply)")
    let asked = try sandbox.pipectl("stop", "shop", environment: Self.secrets)
    #expect(asked.exitCode == 1 && asked.errors.contains("--yes"), "\(asked)")
    let stop = try sandbox.pipectl("stop", "shop", "--yes", environment: Self.secrets)
    let words = "Snapshot cancelled: what was migrated by then stays in the destination, and a new run begins anew"
    #expect(stop.exitCode == 0 && "\(stop)".contains(words), "\(stop)")
    #expect(service.violations == "")
  }

  /// The service's clock is the machine's here: slots are compared with what it says of a run's end.
  @Test
  func
    `the slot that queued up behind a cancelled run is cancelled too, and the next run comes at its normal time`()
    throws
  {
    let sandbox = try Sandbox()
    let service = try ContractService("migrator", "--stop", "1", "--snapshot", "1000000", in: sandbox)
    let spec = "  mode: snapshot\n  schedule: {every: 1s, overlap: queue}"
    try sandbox.write(manifests(spec, service.address), to: "pipelines/shop.yaml")
    let daemon = try Daemon(sandbox, ["--manifests", "pipelines"], environment: Self.secrets)
    func history() throws -> String {
      let history = try sandbox.pipectl("history", "shop", "-o", "json", environment: Self.secrets)
      return history.output.filter { !$0.isWhitespace }
    }
    try eventually("a slot was left out behind the one that waits") { try history().contains(#""reason":"overlap""#) }
    let stop = try sandbox.pipectl("stop", "--run", "shop.1", "--yes", environment: Self.secrets)
    #expect(stop.exitCode == 0 && "\(stop)".contains("cancelled"), "\(stop)")
    try eventually("the waiting slot is cancelled, and a later one has begun a run") {
      let history = try history()
      return history.contains(#""outcome":"cancelled","run":"shop.1""#) && history.contains("shop.2")
    }
    #expect(daemon.end().exitCode == 0)
    #expect(service.violations == "")
  }

  @Test func `complete ends change capture well`() throws {
    let sandbox = try Sandbox()
    let service = try ContractService("migrator", "--speed", "60", "--continuous", "--snapshot", "600", in: sandbox)
    try write("  mode: continuous\n  job: {request: first, action: start}", service, in: sandbox)
    let apply = try sandbox.pipectl("apply", "-f", "shop.yaml", "--no-wait", environment: Self.secrets)
    #expect(apply.exitCode == 0, "\(apply)")
    #expect(try sandbox.pipectl("wait", "shop", "--for", "cdc", environment: Self.secrets).exitCode == 0)
    let complete = try sandbox.pipectl("complete", "shop", environment: Self.secrets)
    #expect(complete.exitCode == 0 && "\(complete)".contains("completed"), "\(complete)")
    #expect(service.violations == "")
  }

  @Test func `slots of two migrations on one instance are run by a controller that stays, one after the other`() throws
  {
    let sandbox = try Sandbox()
    let service = try ContractService("migrator", "--speed", "100", in: sandbox)
    let shop = manifests("  mode: snapshot\n  schedule: {every: 1s}", service.address)
    try sandbox.write(shop, to: "pipelines/shop.yaml")
    let other = shop.components(separatedBy: "---\n")[1].replacing("name: shop}", with: "name: other}")
    try sandbox.write(other, to: "pipelines/other.yaml")
    let daemon = try Daemon(sandbox, ["--manifests", "pipelines"], environment: Self.secrets)
    try eventually("slots of both were run") {
      let ended = try daemon.log().filter { $0.message == "run ended: succeeded" }
      return Set(ended.compactMap(\.pipeline)) == ["shop", "other"]
    }
    #expect(daemon.end().exitCode == 0)
    #expect(!daemon.program.errors.contains("failed"), "\(daemon.program.errors)")
    #expect(service.violations == "")
    #expect(secretsIn(sandbox) == [])
  }
}
