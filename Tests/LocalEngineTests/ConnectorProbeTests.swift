import Foundation
import Glibc
import PipelineModel
import SingerProtocol
import Testing

@testable import LocalEngine

@Suite struct ConnectorProbeTests {
  private static let catalog = #"{"streams": [{"tap_stream_id": "orders", "stream": "orders", "schema": {}}]}"#

  @Test func `a tap that does not know the question is asked what it offers`() async throws {
    let bench = try Bench()
    let report = try await bench.look(at: bench.connection("tap", [ConfigEntry("streams", .array([.string("a")]))]))
    #expect(report.findings == [])
    #expect(report.about == nil)
    #expect(report.hasStarted)
    #expect(report.catalog?.streams.map(\.id) == ["a"])
    #expect(bench.remains == [])
  }

  @Test func `a tap is asked for itself before it is asked for what it offers`() async throws {
    let bench = try Bench()
    let tap = try bench.script(
      "new-tap",
      """
      case $1 in
        --about) echo '{"name": "new-tap", "version": "7", "capabilities": ["catalog"]}' ;;
        *) echo '\(Self.catalog)' ;;
      esac
      """)
    let report = try await bench.look(at: tap)
    #expect(report.findings == [])
    #expect(report.about?.version == "7")
    #expect(report.catalog?.streams.map(\.id) == ["orders"])
  }

  @Test func `a tap whose settings are wrong is not asked for more`() async throws {
    let bench = try Bench()
    let tap = try bench.script(
      "new-tap",
      "[ $1 = --about ] || touch \(bench.file("asked"))\n"
        + #"echo '{"settings": {"required": ["host"], "properties": {"host": {}, "port": {"type": "integer"}}}}'"#,
      config: [ConfigEntry("hots", .string("db")), ConfigEntry("port", .string("5432"))])
    let report = try await bench.look(at: tap)
    let problems = report.findings.map { finding -> String in
      if case .setting(let problem) = finding { problem.place(below: "config") } else { "\(finding)" }
    }
    #expect(problems == ["config.hots", "config.port"])
    #expect(report.catalog == nil)
    #expect(!bench.exists("asked"))
  }

  @Test(arguments: ["not json", #"{"type": "SCHEMA"}"#, "[]"])
  func `nonsense in place of an answer is no answer`(text: String) async throws {
    let bench = try Bench()
    let tap = try bench.script("odd", "[ $1 = --config ] && echo '\(Self.catalog)' || echo '\(text)'")
    let report = try await bench.look(at: tap)
    #expect(report.findings == [])
    #expect(report.about == nil)
    #expect(report.catalog != nil)
  }

  @Test(arguments: [
    ("exit 3", "exited with 3"), ("echo nonsense", "no catalog"), ("true", "printed nothing"),
    ("echo '{}'", "no catalog"),
    ("kill -9 $$", "killed by signal 9"),
  ])
  func `a discovery that fails is shown with the tap's last words, without its secrets`(
    step: String, reason: String
  ) async throws {
    let bench = try Bench()
    try "CANARY-in-a-file\n".write(toFile: bench.file("secret"), atomically: true, encoding: .utf8)
    let tap = try bench.script(
      "tap-shop", "[ $1 = --config ] || exit 2\ncat $2 >&2\n\(step)",
      config: [ConfigEntry("password", .secret(.file(bench.file("secret"))))])
    let report = try await bench.look(at: tap)
    guard case .discoveryFailed(let failure)? = report.findings.first else {
      Issue.record("\(report.findings)")
      return
    }
    #expect(report.findings.count == 1)
    #expect(failure.message.contains(reason), "\(failure)")
    #expect(failure.lastLines == [#"{"password":"***"}"#])
    #expect(bench.remains == [])
  }

  @Test func `a discovery that does not end is ended`() async throws {
    let bench = try Bench()
    let tap = try bench.script("tap-slow", "trap '' TERM; [ $1 = --config ] && while true; do sleep 1; done; exit 2")
    let report = try await bench.look(at: tap, timeout: TimeSpan(seconds: 3))
    guard case .discoveryFailed(let failure)? = report.findings.first else {
      Issue.record("\(report.findings)")
      return
    }
    #expect(failure.message.contains("did not end within 3s"))
    #expect(bench.processes() == [])
    #expect(bench.remains == [])
  }

  @Test func `an interrupted look leaves nothing behind`() async throws {
    let bench = try Bench()
    let started = bench.file("started")
    let tap = try bench.script(
      "tap-slow", "[ $1 = --config ] || exit 2\ntouch \(started)\nwhile true; do sleep 1; done")
    let report = try await bench.look(at: tap) { FileManager.default.fileExists(atPath: started) }
    #expect(report.isInterrupted)
    #expect(report.findings == [])
    #expect(bench.processes() == [])
    #expect(bench.remains == [])
  }

  @Test func `what left the tap's group and holds its output open is ended too`() async throws {
    let bench = try Bench()
    let tap = try bench.script(
      "tap-loose",
      "[ $1 = --config ] || exit 2\nsetsid \(bench.file("loose")) &\nuntil [ -e \(bench.file("is-loose")) ]; do :; done\necho '\(Self.catalog)'"
    )
    _ = try bench.script(
      "loose", "trap '' TERM HUP\ntouch \(bench.file("is-loose"))\nwhile true; do sleep 1; done")
    let report = try await bench.look(at: tap)
    #expect(report.catalog != nil)
    try await bench.eventually("the loose process is gone") { bench.processes().isEmpty }
    #expect(bench.remains == [])
  }

  @Test func `settings are for their owner alone, and the tap gets few variables`() async throws {
    let bench = try Bench()
    let tap = try bench.script(
      "tap-curious",
      "[ $1 = --config ] || exit 2\nstat -c '%a' $2 $(dirname $2) > \(bench.file("modes"))\nenv > \(bench.file("env"))\necho '\(Self.catalog)'",
      environment: [ConfigEntry("OWN", .string("value"))])
    #expect(try await bench.look(at: tap).findings == [])
    #expect(bench.lines("modes") == ["600", "700"])
    let names = bench.lines("env").map { String($0.prefix { $0 != "=" }) }
    #expect(names.contains("OWN"))
    let allowed: Set<String> = ["PATH", "HOME", "LANG", "TZ", "OWN", "PWD", "SHLVL", "OLDPWD", "_"]
    for name in names {
      #expect(
        allowed.contains(name) || name.hasPrefix("LC_") || name.hasPrefix("PIPECTL_")
          || name.lowercased().hasSuffix("_proxy"), "\(name)")
    }
  }

  @Test func `secrets that cannot be read are all found, and nothing is discovered without them`() async throws {
    let bench = try Bench()
    let missing = ConfigValue.secret(.environment("PIPECTL_TEST_NO_SUCH_VARIABLE"))
    let tap = try bench.script(
      "tap-shop", "[ $1 = --config ] && touch \(bench.file("asked")); exit 2",
      config: [
        ConfigEntry("hosts", .array([.object([ConfigEntry("password", missing)])])), ConfigEntry("token", missing),
      ],
      environment: [ConfigEntry("KEY", missing)])
    let report = try await bench.look(at: tap)
    let paths = report.findings.map { finding -> String in
      if case .secretUnresolved(let path, _) = finding { path } else { "\(finding)" }
    }
    #expect(paths == ["config.hosts[0].password", "config.token", "connector.env.KEY"])
    #expect(!bench.exists("asked"))
  }

  @Test func `a program that is not there, and one that is no program, are missing`() async throws {
    let bench = try Bench()
    for connector in [bench.connection("nowhere", []), try bench.script("odd", "")] {
      try Bench.writeProgram("#!/no/such/interpreter\n", to: bench.file("odd"))
      let report = try await bench.look(at: connector)
      guard case .programMissing(let failure)? = report.findings.first else {
        Issue.record("\(report.findings)")
        continue
      }
      #expect(failure.message.contains(bench.path))
    }
    #expect(bench.remains == [])
  }

  @Test(arguments: [
    ("exit 0", ""), ("[ $1 = --help ]", ""), ("echo broken >&2; exit 1", "answersNothing"),
    ("kill -SEGV $$", "doesNotStart"),
  ])
  func `a target is started, and not more`(script: String, finding: String) async throws {
    let bench = try Bench()
    let report = try await bench.look(at: try bench.script("target-x", script), as: .destination)
    #expect(report.findings.map { String("\($0)".prefix { $0 != "(" }) } == (finding.isEmpty ? [] : [finding]))
    #expect(bench.remains == [])
  }

  @Test func `a tap that knows only the other option for its catalog is found out`() async throws {
    let bench = try Bench()
    let old = try bench.script(
      "old", "[ $1 = --about ] && exit 2; [ $1 = --help ] && echo '[--properties P]' || echo '\(Self.catalog)'")
    #expect(try await bench.look(at: old).findings == [.catalogOption(known: .properties)])
    var right = old
    right.catalogArgument = .properties
    #expect(try await bench.look(at: right).findings == [])
  }

  @Test func `a tap that cannot tell what it offers is not asked`() async throws {
    let bench = try Bench()
    var tap = try bench.script("tap-mute", "[ $1 = --config ] && touch \(bench.file("asked")); exit 0")
    tap.capabilities.discovery = false
    let report = try await bench.look(at: tap)
    #expect(report.findings == [] && report.catalog == nil && report.hasStarted)
    #expect(!bench.exists("asked"))
  }

  @Test func `what a killed look left behind is removed by the next, and what one still uses is not`() async throws {
    let bench = try Bench()
    let base = bench.file("temporary")
    for name in ["pipectl-look.dead", "pipectl-look.alive", "other"] {
      try FileManager.default.createDirectory(atPath: "\(base)/\(name)", withIntermediateDirectories: true)
      try "{}".write(toFile: "\(base)/\(name)/tap-config.json", atomically: true, encoding: .utf8)
    }
    let lock = try #require(try RunLock.take(RunDirectory(base + "/pipectl-look.alive")))
    try LookFolder.removeRemains(in: base)
    #expect(bench.remains.sorted() == ["other", "pipectl-look.alive"])
    lock.close()
    // What another test starts in this instant may hold the lock until it has closed what it inherits.
    try await bench.eventually("the other is removed too") {
      try LookFolder.removeRemains(in: base)
      return bench.remains == ["other"]
    }
  }

  @Test func `a link that bears the name of a look is left alone, and so is where it leads`() throws {
    let bench = try Bench()
    let base = bench.file("temporary")
    try FileManager.default.createDirectory(atPath: base + "/other", withIntermediateDirectories: true)
    symlink(base + "/other", base + "/pipectl-look.link")
    try LookFolder.removeRemains(in: base)
    #expect(bench.remains.sorted() == ["other", "pipectl-look.link"])
  }

  @Test(.enabled(if: geteuid() == 0, "giving a folder to another user needs root"))
  func `what a killed look of another user left behind is left alone`() throws {
    let bench = try Bench()
    let base = bench.file("temporary")
    let folder = base + "/pipectl-look.theirs"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    // Root of a container that has no other users may not.
    guard chown(folder, 65_534, 65_534) == 0 else { return }
    try LookFolder.removeRemains(in: base)
    #expect(bench.remains == ["pipectl-look.theirs"])
  }
}
