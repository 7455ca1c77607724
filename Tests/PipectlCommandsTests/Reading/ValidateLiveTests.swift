import Diagnostics
import Foundation
import Glibc
import ManifestCompiler
import Testing

@testable import PipectlCommands

/// `validate --live` looks, and changes nothing.
struct ValidateLiveTests {
  private static let canary = "CANARY-51c02be7aa"

  @Test(arguments: liveDiagnostics.entries.map(\.code.text))
  func `a documented command has its mistake`(code: String) throws {
    let sandbox = try Sandbox()
    let entry = try #require(liveDiagnostics.entries.first { $0.code.text == code })
    let outcome = try Running(
      program: "/bin/bash", ["-ec", entry.example.text], in: sandbox, environment: [:], input: ""
    ).end()
    let isWarning = entry.explanation.hasPrefix("A warning")
    #expect(outcome.exitCode == (isWarning ? 0 : 1), "\(outcome)")
    #expect(outcome.errors.contains("\(isWarning ? "warning" : "error")[\(code)]"), "\(outcome)")
    #expect(outcome.errors.matches(of: /(error|warning)\[/).count == 1, "\(outcome)")
    #expect(!sandbox.exists(".pipectl"))
  }

  @Test func `a source that pipelines share is asked once, and nothing is recorded`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeTap()
    try sandbox.writeShop("{name: orders}", "{name: \"public-*\"}", "{name: customers}")
    let outcome = try sandbox.pipectl("validate", "--live", "-f", "shop", environment: ["TMPDIR": sandbox.path])
    #expect(outcome.exitCode == 0, "\(outcome)")
    #expect(outcome.output.contains("tap-shop: offers 2 streams, 1 chosen"), "\(outcome)")
    #expect(outcome.output.contains("tap-shop: offers 2 streams, 2 chosen"), "\(outcome)")
    #expect(outcome.output.contains("target-shop: starts"), "\(outcome)")
    #expect(try sandbox.calls("--config") == 1)
    #expect(try sandbox.calls("--about") == 1)
    #expect(!sandbox.exists(".pipectl"))
    #expect(try remains(in: sandbox) == [])
  }

  @Test func `mistakes stand where they are written, in whichever file`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeTap()
    try sandbox.writeShop(
      "{name: order, fields: [id]}", "{name: orders, replication: incremental, key: update_at}",
      "{name: orders, fields: [id, nota]}", config: "{host: {fromFile: nowhere}}")
    let unread = try sandbox.pipectl("validate", "--live", "-f", "shop", "--format", "json")
    #expect(try places(unread) == ["PC0701 shop/ends.yaml:6:18"], "\(unread)")
    try sandbox.write("db.internal", to: "nowhere")
    let outcome = try sandbox.pipectl("validate", "--live", "-f", "shop", "--format", "json")
    #expect(outcome.exitCode == 1)
    #expect(
      try places(outcome) == [
        "PC0708 shop/pipelines.yaml:7:20", "PC0709 shop/pipelines.yaml:15:59", "PC0709 shop/pipelines.yaml:23:41",
      ], "\(outcome)")
    #expect(outcome.output.contains("did you mean `public-orders`?") || outcome.output.contains("there are"))
  }

  private func places(_ outcome: Outcome) throws -> [String] {
    try (try outcome.json()["items"] as? [[String: Any]] ?? []).map { item in
      let place = try #require(item["primary"] as? [String: Any])
      let start = try #require(place["start"] as? [String: Any])
      return "\(item["code"] ?? "") \(place["file"] ?? ""):\(start["line"] ?? 0):\(start["column"] ?? 0)"
    }
  }

  @Test func `a pattern that fails in many streams is said once`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeTap()
    try sandbox.writeShop("{name: \"*\", replication: incremental, key: changed}")
    let outcome = try sandbox.pipectl("validate", "--live", "-f", "shop")
    #expect(outcome.errors.contains("1 error\n"), "\(outcome)")
    #expect(outcome.errors.contains("the same holds for 1 more stream"), "\(outcome)")
  }

  @Test func `what a tap says that it cannot do is a mistake at the line that asks, unless the manifest knows better`()
    throws
  {
    let sandbox = try Sandbox()
    try sandbox.writeTap(about: #"echo '{"capabilities": ["catalog", "discover"]}'"#)
    try sandbox.writeShop("{name: orders, replication: incremental, key: id}")
    let outcome = try sandbox.pipectl("validate", "--live", "-f", "shop")
    #expect(outcome.errors.contains("error[PC0413]"), "\(outcome)")
    let ends = try sandbox.read("shop/ends.yaml").replacingOccurrences(
      of: "env: {}", with: "capabilities: {state: true}")
    try sandbox.write(ends, to: "shop/ends.yaml")
    #expect(try sandbox.pipectl("validate", "--live", "-f", "shop").exitCode == 0)
  }

  @Test func `mistakes in manifests come first, and nothing is started`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeTap()
    try sandbox.writeShop("{nam: orders}")
    #expect(try sandbox.pipectl("validate", "--live", "-f", "shop").exitCode == 1)
    #expect(!sandbox.exists("tap-shop.calls"))
  }

  @Test(arguments: ["cat \"$2\" >&2; exit 1", "cat \"$2\"", "echo \"$TOKEN\" >&2; kill -9 $$", "cat \"$0.offer\""])
  func `a secret is in no output and in no file afterwards`(discovery: String) throws {
    let sandbox = try Sandbox()
    try sandbox.writeTap(discovery, about: "echo \"$TOKEN\" >&2; exit 2")
    try sandbox.writeShop(
      "{name: order}", config: "{password: {fromEnv: CANARY}}", env: "{TOKEN: {fromFile: \(sandbox.path)/token}}")
    try sandbox.write(Self.canary + "-file\n", to: "token", mode: 0o600)
    for format in ["human", "json"] {
      let outcome = try sandbox.pipectl(
        "validate", "--live", "-f", "shop", "--format", format,
        environment: ["CANARY": Self.canary, "TMPDIR": sandbox.path])
      #expect(outcome.exitCode == 1)
      #expect(!"\(outcome)".contains(Self.canary), "\(outcome)")
    }
    let files = FileManager.default.enumerator(atPath: sandbox.path)?.allObjects as? [String] ?? []
    #expect(
      files.filter { file in
        file != "token"
          && FileManager.default.contents(atPath: sandbox.path + "/" + file)?.range(of: Data(Self.canary.utf8)) != nil
      } == [])
  }

  @Test(arguments: [(SIGINT, Int32(130)), (SIGTERM, Int32(143))])
  func `an interrupted look leaves nothing behind`(signal: Int32, code: Int32) throws {
    let sandbox = try Sandbox()
    try sandbox.writeTap("echo $$ > \"$0.pid\"; while [ -e \"$0\" ]; do sleep 1; done")
    try sandbox.writeShop("{name: orders}", config: "{password: {fromEnv: CANARY}}")
    let look = try sandbox.start(
      ["validate", "--live", "-f", "shop"], environment: ["CANARY": Self.canary, "TMPDIR": sandbox.path])
    try eventually("the tap is asked") { (try? sandbox.read("tap-shop.pid").hasSuffix("\n")) ?? false }
    let tap = try #require(Int32(sandbox.read("tap-shop.pid").dropLast()))
    look.send(signal)
    let outcome = look.end()
    #expect(outcome.exitCode == code, "\(outcome)")
    #expect(try remains(in: sandbox) == [])
    #expect(kill(tap, 0) == -1 && errno == ESRCH)
    #expect(!sandbox.exists(".pipectl"))
  }

  @Test func `what a killed look left behind is removed by the next`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeTap("echo $$ > \"$0.pid\"; while [ -e \"$0\" ]; do sleep 1; done")
    try sandbox.writeShop("{name: orders}")
    let environment = ["TMPDIR": sandbox.path]
    let look = try sandbox.start(["validate", "--live", "-f", "shop"], environment: environment)
    try eventually("the tap is asked") { (try? sandbox.read("tap-shop.pid").hasSuffix("\n")) ?? false }
    let tap = try #require(Int32(sandbox.read("tap-shop.pid").dropLast()))
    look.send(SIGKILL)
    _ = look.end()
    #expect(try remains(in: sandbox).count == 1)
    try sandbox.writeTap()
    #expect(try sandbox.pipectl("validate", "--live", "-f", "shop", environment: environment).exitCode == 0)
    #expect(try remains(in: sandbox) == [])
    try eventually("the tap is gone") { kill(tap, 0) == -1 && errno == ESRCH }
  }

  private func remains(in sandbox: Sandbox) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: sandbox.path).filter { $0.contains("pipectl-look") }
  }

  @Test func `a limit without --live means nothing`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeCSVPipeline()
    #expect(try sandbox.pipectl("validate", "-f", "pipelines", "--timeout", "5s").exitCode == 64)
  }

  @Test func `a discovery that takes too long is ended and told`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeTap("while [ -e \"$0\" ]; do sleep 1; done")
    try sandbox.writeShop("{name: orders}")
    let outcome = try sandbox.pipectl("validate", "--live", "-f", "shop", "--timeout", "3s")
    #expect(outcome.exitCode == 1)
    #expect(outcome.errors.contains("did not end within 3s"), "\(outcome)")
  }
}
