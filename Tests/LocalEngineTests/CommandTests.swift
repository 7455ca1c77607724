import EngineAPI
import Foundation
import Glibc
import PipelineModel
import Testing

@testable import LocalEngine

@Suite struct CommandTests {
  @Test func `a program that ends with 0 succeeded, and both its outputs are kept apart`() async throws {
    let bench = try Bench()
    let job = try bench.program(
      """
      say("moved 3 rows")
      say("slowly", sys.stderr)
      sys.stdout.write("no line end")
      """)
    try await bench.start(bench.commandOrder([job]))
    let report = try await bench.ended()
    #expect(report.status == .ended(.succeeded))
    #expect(report.commandExit == .code(0))
    #expect(report.stages.map(\.stage) == [.run])
    #expect(report.stages.allSatisfy { $0.endedAt != nil })
    #expect(report.streams == [])
    #expect(report.conditions == [])
    let output = try bench.log(\.outputLog)
    #expect(output.contains("Z moved 3 rows\n") && output.contains("Z no line end\n"))
    #expect(try bench.log(\.errorLog).hasSuffix("Z slowly\n"))
    let files = try bench.files()
    #expect(!files.contains("tap.log") && !files.contains("tap-config.json") && !files.contains("catalog.json"))
  }

  @Test func `the arguments arrive as they are, and the environment says what the run is`() async throws {
    let bench = try Bench()
    let job = try bench.program(
      """
      with open(sys.argv[1], "w") as f:
          f.write("\\n".join([repr(sys.argv[2:]), os.getcwd()] + sorted(k + "=" + v for k, v in os.environ.items())))
      """)
    var order = bench.commandOrder(
      [job, bench.file("seen"), "$HOME; rm -rf *", "", "a b"], mode: .historical,
      environment: [ConfigEntry("DBT_TARGET", .string("prod"))], workingDirectory: "/usr/lib")
    order.dropDestinationFirst = true
    try await bench.start(order)
    #expect(try await bench.ended().status == .ended(.succeeded))
    let seen = bench.lines("seen")
    #expect(seen.first == "['$HOME; rm -rf *', '', 'a b']")
    #expect(seen.dropFirst().first == "/usr/lib")
    for wanted in [
      "DBT_TARGET=prod", "PIPECTL_RUN_ID=orders.1", "PIPECTL_PIPELINE=orders", "PIPECTL_MODE=historical",
      "PIPECTL_ATTEMPT=1", "PIPECTL_GENERATION=3", "PIPECTL_TRIGGER=request", "PIPECTL_REQUEST=r1",
      "PIPECTL_ROLE=command", "PIPECTL_DROP_DESTINATION_FIRST=true",
    ] {
      #expect(seen.contains(wanted), "\(wanted)")
    }
    let allowed: Set<String> = ["PATH", "HOME", "LANG", "TZ", "DBT_TARGET"]
    for variable in seen.dropFirst(2).map({ String($0.prefix { $0 != "=" }) }) {
      #expect(
        allowed.contains(variable) || variable.hasPrefix("LC_") || variable.hasPrefix("PIPECTL_")
          || variable.lowercased().hasSuffix("_proxy"), "\(variable)")
    }
  }

  @Test func `a run that a slot caused knows its slot`() async throws {
    let bench = try Bench()
    let job = try bench.program("touch(sys.argv[1], os.environ['PIPECTL_TRIGGER'] + os.environ['PIPECTL_SLOT'])")
    var order = bench.commandOrder([job, bench.file("seen")])
    let slot = Timestamp(seconds: 1_795_240_800)
    order.trigger = .slot(slot)
    try await bench.start(order)
    #expect(try await bench.ended().status == .ended(.succeeded))
    #expect(bench.text("seen") == "slot\(slot)")
  }

  @Test func `a failing program fails the run with its last lines of both outputs, and is tried again`() async throws {
    let bench = try Bench()
    let job = try bench.program(
      """
      say("attempt " + os.environ["PIPECTL_ATTEMPT"])
      say("no such table", sys.stderr)
      sys.exit(3)
      """)
    let retry = RetryPolicy(attempts: 2, backoff: TimeSpan(milliseconds: 50))
    try await bench.start(bench.commandOrder([job], retry: retry))
    let report = try await bench.ended()
    let failure = try #require(report.failure)
    #expect(failure.code == .commandFailed)
    #expect(failure.message == "the command exited with 3")
    #expect(Set(failure.lastLines) == ["attempt 2", "no such table"])
    #expect(report.attempt == 2)
    #expect(report.stages.map(\.stage) == [.run, .run])
    #expect(try bench.log(\.outputLog).contains("attempt 1"))
  }

  @Test func `a program that somebody kills fails the run`() async throws {
    let bench = try Bench()
    let job = try bench.program("os.kill(os.getpid(), signal.SIGKILL)")
    try await bench.start(bench.commandOrder([job]))
    let report = try await bench.ended()
    #expect(report.failure?.message == "the command was killed by signal 9, which pipectl did not send")
    #expect(report.commandExit == .signal(SIGKILL))
  }

  @Test(arguments: ["dbt-that-is-nowhere", "/nowhere/dbt", "folder", "text"])
  func `a program that cannot be started fails the run at its first attempt`(name: String) async throws {
    let bench = try Bench()
    try FileManager.default.createDirectory(atPath: bench.file("folder"), withIntermediateDirectories: true)
    try "echo no first line tells who reads this\n".write(
      toFile: bench.file("text"), atomically: true, encoding: .utf8)
    chmod(bench.file("text"), 0o755)
    let program = bench.exists(name) ? bench.file(name) : name
    try await bench.start(bench.commandOrder([program], retry: RetryPolicy(attempts: 3)))
    let report = try await bench.ended()
    let failure = try #require(report.failure)
    #expect(failure.code == .commandMissing)
    #expect(failure.message.contains(program))
    #expect(name.contains("that-is") == failure.message.contains("in no folder of PATH, which is `"))
    #expect(report.attempt == 1)
  }

  @Test func `a working directory that is not there is named`() async throws {
    let bench = try Bench()
    let order = bench.commandOrder(["true"], workingDirectory: bench.file("gone"))
    try await bench.start(order)
    let failure = try #require(try await bench.ended().failure)
    #expect(failure.code == .commandMissing)
    #expect(failure.message == "the folder `\(bench.file("gone"))`, of `command.workingDirectory`, is not there")
  }

  @Test func `a PATH of the command's own is where its program is looked for`() async throws {
    let bench = try Bench()
    _ = try bench.program("touch(sys.argv[1])", named: "own-tool")
    try await bench.start(
      bench.commandOrder(["own-tool", bench.file("ran")], environment: [ConfigEntry("PATH", .string(bench.path))]))
    #expect(try await bench.ended().status == .ended(.succeeded))
    #expect(bench.exists("ran"))
  }

  @Test(arguments: [false, true])
  func `a secret reaches the program's environment and nothing else`(fails: Bool) async throws {
    let canary = "CANARY-\(UInt64.random(in: 0...UInt64.max))"
    let bench = try Bench()
    try canary.appending("\n").write(toFile: bench.file("secret"), atomically: true, encoding: .utf8)
    let job = try bench.program(
      """
      touch(sys.argv[1], os.environ["DB_PASSWORD"])
      say("connecting with " + os.environ["DB_PASSWORD"])
      say("refused: " + os.environ["DB_PASSWORD"], sys.stderr)
      sys.exit(\(fails ? 3 : 0))
      """)
    let secret = ConfigEntry("DB_PASSWORD", .secret(.file(bench.file("secret"))))
    try await bench.start(bench.commandOrder([job, bench.file("seen")], environment: [secret]))
    let report = try await bench.ended()
    #expect(report.status.outcome?.isGood == !fails)
    #expect(bench.text("seen") == canary)
    let text = try bench.allText()
    #expect(!text.contains(canary) && text.contains("connecting with ***"))
    #expect(!"\(report)".contains(canary))
    if fails { #expect(Set(report.failure?.lastLines ?? []) == ["connecting with ***", "refused: ***"]) }
  }

  @Test func `a secret that cannot be read fails the run before anything is started`() async throws {
    let bench = try Bench()
    let job = try bench.program("touch(sys.argv[1])")
    let secret = ConfigEntry("KEY", .secret(.environment("PIPECTL_TEST_NO_SUCH_VARIABLE")))
    try await bench.start(
      bench.commandOrder([job, bench.file("ran")], environment: [secret], retry: RetryPolicy(attempts: 3)))
    let report = try await bench.ended()
    #expect(report.failure?.code == .secretUnresolved)
    #expect(report.attempt == 1)
    #expect(!bench.exists("ran"))
  }

  @Test func `a flood of output is drained into logs that say what they left out`() async throws {
    let bench = try Bench()
    let job = try bench.program(
      """
      import threading
      def flood(to, text):
          for i in range(24): to.write(text); to.flush()
      both = [threading.Thread(target=flood, args=(sys.stdout, ("x" * 99 + "\\n") * 10000)),
              threading.Thread(target=flood, args=(sys.stderr, "y" * 1000000))]
      for one in both: one.start()
      for one in both: one.join()
      say("the very end")
      """)
    try await bench.start(bench.commandOrder([job]))
    let report = try await bench.ended(within: 180)
    #expect(report.status == .ended(.succeeded))
    #expect(report.conditions == [.logTruncated])
    for log in [\RunDirectory.outputLog, \.errorLog] {
      let text = try bench.log(log)
      #expect(text.utf8.count <= 17 << 20)
      #expect(text.contains("[pipectl] the log reached its bound: about "))
    }
    #expect(try bench.log(\.outputLog).hasSuffix("the very end\n"))
  }
}
