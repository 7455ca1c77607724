import EngineAPI
import Foundation
import Glibc
import PipelineModel
import Testing

@testable import LocalEngine

@Suite struct SecretTests {
  private let canary = "CANARY-\(UInt64.random(in: 0...UInt64.max))"

  @Test(arguments: [false, true])
  func `a secret reaches its connector and nothing else`(fails: Bool) async throws {
    let bench = try Bench()
    try canary.appending("\n").write(toFile: bench.file("secret"), atomically: true, encoding: .utf8)
    let secret = ConfigValue.secret(.file(bench.file("secret")))
    let tap = [
      steps(
        .step("rows", .int(1)), .step("say", .string("my password is")), .step("dump"),
        .step("exit", .int(fails ? 3 : 0))),
      ConfigEntry("dump", .string(bench.file("tap-dump"))),
    ]
    let target = [
      ConfigEntry("password", secret), ConfigEntry("say", secret),
      ConfigEntry("dump", .string(bench.file("target-dump"))),
    ]
    try await bench.start(
      bench.order(tap: tap, target: target, targetEnvironment: [ConfigEntry("TARGET_KEY", secret)]))
    let report = try await bench.ended()
    #expect(report.status.outcome?.isGood == !fails)
    #expect(bench.text("target-dump").contains("TARGET_KEY=\(canary)"))
    #expect(!bench.text("target-dump").split(separator: "\n")[0].contains(canary))
    #expect(!bench.text("tap-dump").contains(canary))
    let text = try bench.allText()
    #expect(!text.contains(canary))
    #expect(text.contains("***"))
    #expect(!"\(report)".contains(canary))
  }

  @Test func `children get few variables, no descriptors, and not the lock`() async throws {
    let bench = try Bench()
    let tap = [steps(.step("rows", .int(1))), ConfigEntry("dump", .string(bench.file("tap-dump")))]
    let target = [ConfigEntry("dump", .string(bench.file("target-dump")))]
    try await bench.start(bench.order(tap: tap, target: target))
    #expect(try await bench.ended().status == .ended(.succeeded))
    let allowed: Set<String> = ["PATH", "HOME", "LANG", "TZ"]
    for name in ["tap-dump", "target-dump"] {
      let text = bench.text(name)
      let variables = text.split(separator: "\n").dropFirst().prefix { !$0.hasPrefix("fds ") }.joined()
        .split(separator: "\0").map { String($0.prefix { $0 != "=" }) }
      #expect(variables.contains("PIPECTL_RUN_ID"))
      for variable in variables {
        #expect(
          allowed.contains(variable) || variable.hasPrefix("LC_") || variable.hasPrefix("PIPECTL_")
            || variable.lowercased().hasSuffix("_proxy"), "\(variable)")
      }
      let descriptors = text.split(separator: "\n").last.map { $0.split(separator: " ").dropFirst() } ?? []
      #expect(!descriptors.isEmpty)
      for descriptor in descriptors {
        #expect(!descriptor.contains("/runs/"), "\(descriptor)")
      }
    }
  }

  @Test func `a secret that cannot be resolved fails the run before anything starts`() async throws {
    let bench = try Bench()
    let missing = ConfigValue.secret(.environment("PIPECTL_TEST_NO_SUCH_VARIABLE"))
    try await bench.start(
      bench.order(tap: [ConfigEntry("password", missing)], retry: RetryPolicy(attempts: 4)))
    let report = try await bench.ended()
    #expect(report.failure?.code == .secretUnresolved)
    #expect(report.failure?.message.contains("PIPECTL_TEST_NO_SUCH_VARIABLE") == true)
    #expect(report.stages == [])
  }

  @Test func `a config with a secret is for its owner alone while the run goes on`() async throws {
    let bench = try Bench()
    let tap = [steps(.step("touch", .string(bench.file("sent"))), .step("await", .string(bench.file("go"))))]
    try await bench.start(bench.order(tap: tap))
    try await bench.eventually("the tap runs") { bench.exists("sent") }
    let directory = try bench.directory()
    for (path, mode) in [(directory.path, 0o700), (directory.tapConfig, 0o600), (directory.journal, 0o600)] {
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      #expect(attributes[.posixPermissions] as? Int == mode, "\(path)")
    }
    bench.touch("go")
    #expect(try await bench.ended().status == .ended(.succeeded))
  }

  @Test(arguments: [
    ("pin=7b", "pin=***"), ("7b", "***"), ("7b or 7b.", "*** or ***."), ("line 17b of 7bits", "line 17b of 7bits"),
    ("abc7b", "abc7b"), ("\"7b\"", "\"***\""), ("7b7b", "7b7b"),
  ])
  func `a secret of few characters is scrubbed where it stands alone`(text: String, scrubbed: String) {
    #expect(Scrubber(["7b"]).scrub(text) == scrubbed)
  }

  @Test func `what was left of a config by a kill in the middle of its writing is gone with the run`() async throws {
    let bench = try Bench()
    try await bench.start(
      bench.order(tap: [steps(.step("touch", .string(bench.file("sent"))), .step("await", .string(bench.file("go"))))]))
    try await bench.eventually("the tap is there") { bench.exists("sent") }
    for name in ["tap-config.json.17.4.new", "target-config.json.17.5.new"] {
      try Files.replace(bench.directory().path + "/" + name, with: Array("secret".utf8))
    }
    bench.touch("go")
    #expect(try await bench.ended().status == .ended(.succeeded))
    #expect(try !bench.files().contains { $0.contains("config") })
  }

  @Test func `the scrubber knows a secret in its usual disguises`() {
    let scrubber = Scrubber(["p\"ss w:rd", "line one\nline two\n}"])
    #expect(scrubber.scrub(#"x p"ss w:rd y"#) == "x *** y")
    #expect(scrubber.scrub(#"{"password": "p\"ss w:rd"}"#) == #"{"password": "***"}"#)
    #expect(scrubber.scrub("postgres://u:p%22ss%20w%3Ard@h") == "postgres://u:***@h")
    #expect(scrubber.scrub("abc line two }") == "abc *** }")
  }

  @Test(arguments: [
    #"{"a":"S\u00fc\u00DF/ \"+x%41"}"#, #"{"a":"Süß\/ \"+x%41"}"#, #"Süß/ "+x%41"#, "u:S%c3%bc%C3%9F%2F%20%22+x%2541@h",
    "p=S%C3%BC%C3%9F/+%22%2bx%2541&q=1",
  ])
  func `the scrubber knows a secret whatever of it is escaped`(text: String) {
    let scrubbed = Scrubber([#"Süß/ "+x%41"#]).scrub(text)
    #expect(scrubbed.contains("***") && !scrubbed.contains("x%") && !scrubbed.contains("S"), "\(scrubbed)")
  }

  @Test func `secrets that overlap are taken out as a whole, and others leave ordinary text as it is`() {
    let scrubber = Scrubber(["abcdef", "efghij", "😀pass"])
    #expect(scrubber.scrub("<abcdefghij> abcde fghij") == "<***> abcde fghij")
    #expect(scrubber.scrub("abcdefabcdef") == "******")
    #expect(scrubber.scrub(#"\ud83d\ude00pass 😀 pass \ud83d 100 % \"#) == #"*** 😀 pass \ud83d 100 % \"#)
  }
}
