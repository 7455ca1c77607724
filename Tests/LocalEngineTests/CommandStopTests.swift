import EngineAPI
import Foundation
import Glibc
import PipelineModel
import Testing

@testable import LocalEngine

@Suite struct CommandStopTests {
  /// Begins, and does what `onTerm` says on SIGTERM and `onInterrupt` on SIGINT; nothing is what the kernel does then.
  private func endless(_ bench: Bench, onTerm: String? = nil, onInterrupt: String? = nil) throws -> [String] {
    let job = try bench.program(
      """
      def on(number, what):
          if what == "ignore": signal.signal(number, signal.SIG_IGN)
          elif what: signal.signal(number, lambda n, f: (say("ending"), os._exit(int(what))))
      on(signal.SIGTERM, "\(onTerm ?? "")")
      on(signal.SIGINT, "\(onInterrupt ?? "")")
      touch(sys.argv[1])
      wait()
      """)
    return [job, bench.file("begun")]
  }

  @Test(arguments: ["0", "3", nil])
  func `a cancelled command is cancelled, whatever it exits with`(exit: String?) async throws {
    let bench = try Bench()
    try await bench.begin(bench.commandOrder(try endless(bench, onTerm: exit), retry: RetryPolicy(attempts: 3)))
    try await bench.cancel()
    let report = try await bench.ended()
    #expect(report.status == .ended(.cancelled))
    #expect(report.commandExit == exit.map { .code(Int32($0) ?? -1) } ?? .signal(SIGTERM))
    #expect(report.attempt == 1)
    #expect(report.conditions == [])
    #expect(bench.processes() == [])
  }

  @Test func `a command that ignores SIGTERM is killed after its grace`() async throws {
    let bench = try Bench()
    let limits = Limits(cancelGrace: TimeSpan(milliseconds: 300))
    try await bench.begin(bench.commandOrder(try endless(bench, onTerm: "ignore"), limits: limits))
    try await bench.cancel()
    let report = try await bench.ended()
    #expect(report.status == .ended(.cancelled))
    #expect(report.commandExit == .signal(SIGKILL))
    #expect(report.conditions == [.commandKilled])
  }

  @Test func `a grandchild that left its session is gone too when the run is cancelled`() async throws {
    let bench = try Bench()
    let job = try bench.program(
      """
      if os.fork() == 0:
          os.setsid()
          signal.signal(signal.SIGTERM, signal.SIG_IGN)
          touch(sys.argv[1], str(os.getpid()))
      wait()
      """)
    let limits = Limits(cancelGrace: TimeSpan(milliseconds: 300))
    try await bench.begin(bench.commandOrder([job, bench.file("begun")], limits: limits))
    let grandchild = try #require(Int32(bench.text("begun")))
    #expect(bench.isAlive(grandchild))
    try await bench.cancel()
    #expect(try await bench.ended().status == .ended(.cancelled))
    #expect(!bench.isAlive(grandchild))
    #expect(bench.processes() == [])
  }

  @Test func `a grandchild that cleans up after SIGTERM may do so when its parent is gone at once, and is asked once`()
    async throws
  {
    let bench = try Bench()
    let job = try bench.program(
      """
      if os.fork() == 0:
          parent, asked = os.getppid(), []
          signal.signal(signal.SIGTERM, lambda number, frame: asked.append(number))
          touch(sys.argv[1])
          while os.getppid() == parent or not asked: time.sleep(0.01)
          time.sleep(1)
          touch(sys.argv[2], str(len(asked)))
          os._exit(0)
      wait()
      """)
    try await bench.begin(bench.commandOrder([job, bench.file("begun"), bench.file("clean")]))
    try await bench.cancel()
    #expect(try await bench.ended().status == .ended(.cancelled))
    #expect(bench.text("clean") == "1")
  }

  @Test func `what a command leaves behind is ended with it, and said`() async throws {
    let bench = try Bench()
    let job = try bench.program(
      """
      if os.fork() == 0:
          touch(sys.argv[1], str(os.getpid()))
          wait()
      while not os.path.exists(sys.argv[1]): time.sleep(0.01)
      """)
    try await bench.start(bench.commandOrder([job, bench.file("begun")]))
    let report = try await bench.ended()
    #expect(report.status == .ended(.succeeded))
    #expect(report.conditions == [.leftoversEnded])
    #expect(!bench.isAlive(try #require(Int32(bench.text("begun")))))
    #expect(try bench.log(\.errorLog).contains("[pipectl] the command ended and left processes behind"))
  }

  @Test func `a continuous command that ends with 0 after SIGINT is completed`() async throws {
    let bench = try Bench()
    try await bench.begin(bench.commandOrder(try endless(bench, onInterrupt: "0"), mode: .continuous))
    #expect(bench.engine.progress(of: bench.run())?.status == .active(.run))
    try await bench.complete()
    let report = try await bench.ended()
    #expect(report.status == .ended(.completed))
    #expect(try bench.log(\.outputLog).hasSuffix("Z ending\n"))
  }

  @Test(arguments: ["4", nil])
  func `a command that does not end with 0 after SIGINT failed, and is not tried again`(exit: String?) async throws {
    let bench = try Bench()
    // Python turns SIGINT into an exception where nothing else is said.
    let argv = try endless(bench, onInterrupt: exit)
    try await bench.begin(bench.commandOrder(argv, mode: .continuous, retry: RetryPolicy(attempts: 3)))
    try await bench.complete()
    let report = try await bench.ended()
    #expect(report.failure?.code == .commandFailed)
    #expect(report.failure?.message.hasPrefix("the command was asked by SIGINT to end well, and ") == true)
    #expect(report.attempt == 1)
  }

  @Test func `a command that ignores SIGINT goes on, and can still be cancelled`() async throws {
    let bench = try Bench()
    let argv = try endless(bench, onTerm: "0", onInterrupt: "ignore")
    try await bench.begin(bench.commandOrder(argv, mode: .continuous))
    try await bench.complete()
    _ = try await bench.report { report in
      if case .stopping(let progress) = report.status { progress.kind == .complete } else { false }
    }
    try await bench.cancel()
    #expect(try await bench.ended().status == .ended(.cancelled))
  }

  @Test func `a command is not completed that does not declare it, or outside the continuous mode`() async throws {
    let bench = try Bench()
    let declared = CommandCapabilities(modes: [.continuous])
    for (mode, capabilities) in [
      (RunMode.continuous, declared), (.incremental, CommandCapabilities(canComplete: true)),
    ] {
      let number = mode == .continuous ? 1 : 2
      try? FileManager.default.removeItem(atPath: bench.file("begun"))
      try await bench.begin(
        bench.commandOrder(try endless(bench), number, mode: mode, declares: capabilities))
      await #expect { try await bench.complete(number) } throws: { ($0 as? EngineError)?.code == .wrongStage }
      try await bench.cancel(number)
      #expect(try await bench.ended(number).status == .ended(.cancelled))
    }
  }

  @Test func `a run that takes too long is ended and failed, and not tried again`() async throws {
    let bench = try Bench()
    let limits = Limits(runTimeout: TimeSpan(seconds: 5))
    try await bench.start(bench.commandOrder(try endless(bench), limits: limits, retry: RetryPolicy(attempts: 3)))
    let report = try await bench.ended()
    #expect(report.failure?.code == .runTimeout)
    #expect(report.commandExit == .signal(SIGTERM))
    #expect(report.attempt == 1)
  }

  @Test func `a command that prints nothing for too long is ended and failed, and a slow one goes on`() async throws {
    let bench = try Bench()
    let job = try bench.program(
      """
      for i in range(18):
          say("still there", sys.stderr if i % 2 else sys.stdout)
          time.sleep(0.5)
      say("now silent")
      wait()
      """)
    let limits = Limits(noProgress: TimeSpan(seconds: 7), cancelGrace: TimeSpan(seconds: 20))
    try await bench.start(bench.commandOrder([job], limits: limits))
    let report = try await bench.ended()
    #expect(report.failure?.code == .noProgress)
    #expect(report.failure?.message == "the command printed nothing for 7s and was ended")
    #expect(report.failure?.lastLines.last == "now silent")
  }

  @Test func `a command that is to alert when it prints nothing goes on, and says so meanwhile`() async throws {
    let bench = try Bench()
    let job = try bench.program(
      """
      say("now silent")
      while not os.path.exists("\(bench.file("gate"))"): time.sleep(0.01)
      """)
    let limits = Limits(noProgress: TimeSpan(seconds: 1), noProgressAction: .alert)
    try await bench.start(bench.commandOrder([job], limits: limits))
    let quiet = try await bench.report { $0.conditions == [.noProgress] }
    #expect(quiet.status == .active(.run))
    try Data().write(to: URL(fileURLWithPath: bench.file("gate")))
    let report = try await bench.ended()
    #expect(report.status == .ended(.succeeded))
    #expect(report.conditions.isEmpty)
  }

  @Test func `a run that is over lacks no progress any more, however it ended`() async throws {
    let bench = try Bench()
    let limits = Limits(noProgress: TimeSpan(seconds: 1), noProgressAction: .alert, cancelGrace: TimeSpan(seconds: 20))
    try await bench.begin(bench.commandOrder(try endless(bench), limits: limits))
    _ = try await bench.report { $0.conditions == [.noProgress] }
    try await bench.cancel()
    let report = try await bench.ended()
    #expect(report.status == .ended(.cancelled))
    #expect(report.conditions.isEmpty)
  }

  @Test func `a command whose supervisor is killed is unconfirmed while it lives, then lost, and is tried again`()
    async throws
  {
    let bench = try Bench()
    let argv = try endless(bench, onTerm: "ignore")
    let limits = Limits(cancelGrace: TimeSpan(seconds: 1))
    try await bench.begin(bench.commandOrder(argv, limits: limits))
    let program = try #require(try bench.history().children.first { $0.role == .command })
    #expect(program.group == program.identity.pid && program.identity.startTime > 0)
    kill(try #require(try bench.history().supervisor).identity.pid, SIGKILL)
    _ = try await bench.report { report in
      if case .unconfirmed = report.status { true } else { false }
    }
    let other = LocalEngine(runsDirectory: bench.path + "/runs", supervisorCommand: ["/bin/false"])
    try await bench.eventually("the run is lost") {
      guard case .complete(_, _, let runs, _) = await other.observe() else { return false }
      return runs.map(\.status) == [.ended(.lost)]
    }
    #expect(!bench.isAlive(program.identity.pid))
    #expect(bench.processes() == [])
    let done = try bench.program("touch(sys.argv[2])")
    try await bench.start(bench.commandOrder([done, "-", bench.file("again")], attempt: 2, limits: limits))
    let report = try await bench.ended()
    #expect(report.status == .ended(.succeeded))
    #expect(report.attempt == 2)
    #expect(bench.exists("again"))
  }

  @Test func `another controller adopts a command that runs, and cancels it`() async throws {
    let bench = try Bench()
    try await bench.begin(bench.commandOrder(try endless(bench, onTerm: "0")))
    let other = LocalEngine(runsDirectory: bench.path + "/runs", supervisorCommand: ["/bin/false"])
    guard case .complete(_, _, let runs, _) = await other.observe() else {
      throw Bench.Missing(description: "no answer")
    }
    #expect(runs.map(\.status) == [.active(.run)])
    #expect(runs.first?.order?.spec.work.commandJob?.argv.last == bench.file("begun"))
    try await other.stop(StopOrder(run: bench.run(), kind: .cancel, request: nil))
    #expect(try await bench.ended().status == .ended(.cancelled))
  }

  @Test func `a cancel that was ordered before the program began starts nothing`() async throws {
    let bench = try Bench()
    let job = try bench.program("sys.exit(3)")
    let retry = RetryPolicy(attempts: 5, backoff: TimeSpan(seconds: 600))
    try await bench.start(bench.commandOrder([job], retry: retry))
    _ = try await bench.report { report in
      if case .backingOff = report.status { true } else { false }
    }
    try await bench.cancel()
    let report = try await bench.ended()
    #expect(report.status == .ended(.cancelled))
    #expect(report.attempt == 1)
  }
}
