import EngineAPI
import Foundation
import Glibc
import PipelineModel
import Testing

@testable import LocalEngine

@Suite struct FailureTests {
  @Test func `a tap that fails fails the run with its last words, and what it sent is loaded`() async throws {
    let bench = try Bench()
    let tap = steps(
      .step("rows", .int(2)), .step("state"), .step("say", .string("no more disk")), .step("exit", .int(3)))
    try await bench.start(bench.order(tap: [tap]))
    let report = try await bench.ended()
    #expect(
      report.failure == Failure(.tapFailed, "the tap exited with 3", lastLines: ["discovering", "no more disk"]))
    #expect(report.confirmedStates.map(\.text) == [state(2)])
  }

  @Test func `a tap that somebody kills was cut short`() async throws {
    let bench = try Bench()
    try await bench.start(bench.order(tap: [steps(.step("rows", .int(2)), .step("kill", .int(9)))]))
    #expect(try await bench.ended().failure?.code == .cutShort)
    #expect(bench.lines("rows") == ["1", "2"])
  }

  @Test func `a tap that ends well in the middle of a line was cut short`() async throws {
    let bench = try Bench()
    try await bench.start(
      bench.order(tap: [steps(.step("rows", .int(2)), .step("raw", .string(#"{"type": "REC"#)))]))
    let report = try await bench.ended()
    #expect(report.failure?.code == .cutShort)
    #expect(report.targetExit == .code(0))
  }

  @Test func `a last line without an end counts where it is a whole message`() async throws {
    let bench = try Bench()
    let last = #"{"type": "STATE", "value": {"bookmarks": {"orders": {"id": 2}}}}"#
    try await bench.start(bench.order(tap: [steps(.step("rows", .int(2)), .step("raw", .string(last)))]))
    let report = try await bench.ended()
    #expect(report.status == .ended(.succeeded))
    #expect(report.confirmedStates.map(\.text) == [state(2)])
    #expect(report.conditions == [])
  }

  @Test func `a target that confirms none of a tap's states is told of`() async throws {
    let bench = try Bench()
    let mute = [ConfigEntry("mute", .bool(true))]
    try await bench.start(bench.order(tap: [steps(.step("rows", .int(2)), .step("state"))], target: mute))
    let report = try await bench.ended()
    #expect(report.status == .ended(.succeeded))
    #expect(report.conditions == [.statesUnconfirmed])
    try await bench.engine.retire(bench.run())
    try await bench.start(bench.order(2, tap: [steps(.step("state"))], target: mute))
    #expect(try await bench.ended(2).conditions == [], "without a row there was nothing to load")
    try await bench.engine.retire(bench.run(2))
    let tap = [steps(.step("rows", .int(2)), .step("state"))]
    try await bench.start(bench.order(3, mode: .snapshot, tap: tap, target: mute))
    #expect(try await bench.ended(3).conditions == [], "a snapshot's states are not kept")
  }

  @Test(arguments: [
    (
      "#!/no/such/python\n", 0o755,
      "names the interpreter `/no/such/python`, which is not there: install it, or mend that line"
    ),
    ("#!/bin/sh\r\n", 0o755, "its first line ends with a carriage return"),
    ("exit 0\n", 0o755, "it is no program of this machine, and no script"),
    ("#!/bin/sh\n", 0o644, "is a file that may not be executed: `chmod +x` lets it"),
    ("#!/bin/sh\n", 0o755, "printed nothing: a tap that discovers prints its catalog"),
    ("#!/bin/sh\necho '{\"streams\": []}'\n", 0o755, "the tap offers no stream"),
  ])
  func `a program that is no tap is told of by what is wrong with it`(text: String, mode: mode_t, words: String)
    async throws
  {
    let bench = try Bench()
    try text.write(toFile: bench.file("tap"), atomically: true, encoding: .utf8)
    chmod(bench.file("tap"), mode)
    try await bench.start(bench.order())
    let failure = try #require(try await bench.ended().failure)
    #expect(failure.message.contains(words), "\(failure.message)")
    guard mode == 0o644 else { return }
    #expect(
      ProgramSearch.notExecutable("tap", in: bench.path)?.contains("a file on PATH, `\(bench.file("tap"))`") == true)
  }

  @Test(arguments: [0, 7])
  func `a target that dies first fails the run, and the tap is stopped at once`(status: Int64) async throws {
    let bench = try Bench()
    let tap = [steps(.step("rows", .int(3)), .step("wait")), ConfigEntry("on_term", .string("state"))]
    let target = [ConfigEntry("die_after", .int(2)), ConfigEntry("die_with", .int(status))]
    try await bench.start(bench.order(tap: tap, target: target))
    let report = try await bench.ended()
    #expect(report.failure?.code == .targetFailed)
    #expect(report.failure?.lastLines == ["target gives up"])
    #expect(report.failure?.message == "the target exited with \(status) before its input had ended")
    #expect(report.tapExit == .code(0))
  }

  @Test func `a target that ends neither at the end of its input nor on SIGTERM is killed, and the run fails`()
    async throws
  {
    let bench = try Bench()
    let limits = Limits(cancelGrace: TimeSpan(seconds: 2), drainTimeout: TimeSpan(seconds: 10))
    let target = [ConfigEntry("ignore_eof", .bool(true)), ConfigEntry("on_term", .string("ignore"))]
    let tap = [steps(.step("rows", .int(3)), .step("state"))]
    try await bench.start(bench.order(tap: tap, target: target, limits: limits))
    let report = try await bench.ended()
    #expect(report.failure?.code == .targetFailed)
    #expect(
      report.failure?.message
        == "the target did not end within its drain timeout of 10s and was ended; `limits.drainTimeout` gives it longer"
    )
    #expect(report.targetExit == .signal(SIGKILL))
    #expect(report.conditions == [.loadIncomplete])
    #expect(report.confirmedStates.map(\.text) == [state(3)])
    #expect(bench.processes() == [])
  }

  @Test func `a tap that refuses its config fails the run with its own words, and is not tried in vain`() async throws {
    let bench = try Bench()
    let refusing = "#!/bin/sh\necho \"CRITICAL Config is missing required keys: ['host']\" >&2\nexit 1\n"
    try refusing.write(toFile: bench.file("tap"), atomically: true, encoding: .utf8)
    chmod(bench.file("tap"), 0o755)
    try await bench.start(bench.order(tap: []))
    let failure = try #require(try await bench.ended().failure)
    #expect(failure.code == .discoveryFailed)
    #expect(failure.message == "the tap's discovery exited with 1")
    #expect(failure.lastLines == ["CRITICAL Config is missing required keys: ['host']"])
  }

  @Test func `a discovery that hangs is ended by the limit of the run, with its last words`() async throws {
    let bench = try Bench()
    let hanging = "#!/bin/sh\necho 'connecting to db.internal' >&2\nexec sleep 100000\n"
    try hanging.write(toFile: bench.file("tap"), atomically: true, encoding: .utf8)
    chmod(bench.file("tap"), 0o755)
    try await bench.start(bench.order(tap: [], limits: Limits(runTimeout: TimeSpan(seconds: 8))))
    let failure = try #require(try await bench.ended().failure)
    #expect(failure.code == .runTimeout)
    #expect(
      failure.message == "the tap's discovery took the run past its limit of 8s (`limits.runTimeout`) and was ended")
    #expect(failure.lastLines == ["connecting to db.internal"])
    #expect(bench.processes() == [])
  }

  @Test func `a discovery that prints no catalog shows what it printed, without secrets`() async throws {
    let bench = try Bench()
    try "canary-in-print\n".write(toFile: bench.file("secret"), atomically: true, encoding: .utf8)
    let wrong = "#!/bin/sh\necho 'Welcome to tap-shop, canary-in-print'\n"
    try wrong.write(toFile: bench.file("tap"), atomically: true, encoding: .utf8)
    chmod(bench.file("tap"), 0o755)
    try await bench.start(bench.order(tap: [ConfigEntry("password", .secret(.file(bench.file("secret"))))]))
    let failure = try #require(try await bench.ended().failure)
    #expect(failure.code == .discoveryFailed)
    #expect(failure.message.hasSuffix("it begins with `Welcome to tap-shop, ***`"), "\(failure.message)")
  }

  @Test func `a target that somebody kills fails the run`() async throws {
    let bench = try Bench()
    let tap = [steps(.step("rows", .int(3)), .step("touch", .string(bench.file("sent"))), .step("wait"))]
    try await bench.start(bench.order(tap: tap))
    try await bench.eventually("the tap has sent") { bench.exists("sent") }
    let target = try #require(try bench.history().children.first { $0.role == .target })
    kill(target.identity.pid, SIGKILL)
    let report = try await bench.ended()
    #expect(report.failure?.code == .targetFailed)
    #expect(report.targetExit == .signal(SIGKILL))
  }

  @Test func `a line that is no message ends the run by its number, and the lines before it are loaded`() async throws {
    let bench = try Bench()
    let tap = [
      steps(.step("rows", .int(2)), .step("state"), .step("raw", .string("Downloading...\n")), .step("wait")),
      ConfigEntry("on_term", .string("state")),
    ]
    try await bench.start(bench.order(tap: tap))
    let report = try await bench.ended()
    #expect(report.failure?.code == .invalidMessage)
    #expect(
      report.failure?.message
        == "line 5 of the tap's output is no Singer message; it begins with `Downloading...`: a tap says on "
        + "stderr what is not for its target")
    #expect(report.confirmedStates.map(\.text) == [state(2)])
    #expect(report.targetExit == .code(0))
  }

  @Test func `a connector that is not there is named with the PATH that was searched`() async throws {
    let bench = try Bench()
    var order = bench.order(tap: [], retry: RetryPolicy(attempts: 3))
    guard case .replication(var replication) = order.spec.work else { return }
    replication.source.connector = .executable("tap-nowhere")
    order.spec.work = .replication(replication)
    try await bench.start(order)
    let failure = try #require(try await bench.ended().failure)
    #expect(failure.code == .connectorMissing)
    #expect(failure.message.contains("tap-nowhere") && failure.message.contains("/usr/bin"))
  }

  @Test func `a run that takes too long is ended and failed`() async throws {
    let bench = try Bench()
    let tap = [
      steps(.step("rows", .int(2)), .step("state"), .step("wait")), ConfigEntry("on_term", .string("state")),
    ]
    let limits = Limits(runTimeout: TimeSpan(seconds: 5))
    try await bench.start(bench.order(tap: tap, limits: limits, retry: RetryPolicy(attempts: 3)))
    let report = try await bench.ended()
    #expect(report.failure?.code == .runTimeout)
    #expect(report.attempt == 1)
  }

  @Test func `a run that moves nothing is ended and failed, and slow progress is progress`() async throws {
    let bench = try Bench()
    let limits = Limits(noProgress: TimeSpan(seconds: 8), cancelGrace: TimeSpan(seconds: 5))
    let slow = ConfigValue.array([.string("rows"), .int(20), .number("0.5")])
    try await bench.start(bench.order(tap: [steps(slow, .step("wait"))], limits: limits))
    let report = try await bench.ended()
    #expect(report.failure?.code == .noProgress)
    #expect(bench.lines("rows").count == 20)
  }

  @Test func `a run that is to alert when it moves nothing goes on, and says so for as long as that is so`()
    async throws
  {
    let bench = try Bench()
    let limits = Limits(noProgress: TimeSpan(seconds: 2), noProgressAction: .alert)
    let gate = bench.file("gate")
    let steady = ConfigValue.array([.string("rows"), .int(100_000), .number("0.1")])
    try await bench.start(
      bench.order(tap: [steps(.step("rows", .int(2)), .step("await", .string(gate)), steady)], limits: limits))
    let quiet = try await bench.report { $0.conditions == [.noProgress] }
    #expect(quiet.status == .active(.extract))
    try Data().write(to: URL(fileURLWithPath: gate))
    _ = try await bench.report { $0.conditions.isEmpty }
    try await bench.cancel()
    #expect(try await bench.ended().status == .ended(.cancelled))
  }

  @Test func `another attempt goes on from the run's own state and counts on`() async throws {
    let bench = try Bench()
    let attempts: [ConfigEntry] = [
      ConfigEntry(
        "1", .array([.step("rows", .int(3)), .step("state"), .step("rows", .int(1)), .step("exit", .int(1))])),
      ConfigEntry("2", .array([.step("rows", .int(2)), .step("state")])),
    ]
    let retry = RetryPolicy(attempts: 3, backoff: TimeSpan(milliseconds: 50))
    let tap = [ConfigEntry("attempts", .object(attempts)), ConfigEntry("seen_state", .string(bench.file("seen")))]
    try await bench.start(bench.order(mode: .historical, tap: tap, retry: retry), state: state(100))
    let report = try await bench.ended()
    #expect(report.status == .ended(.succeeded))
    #expect(report.attempt == 2)
    #expect(report.confirmedStates.map(\.text) == [state(3), state(5)])
    #expect(report.streams.map(\.records) == [6])
    #expect(bench.lines("seen") == ["null", state(3)])
    #expect(report.stages.filter { $0.stage == .discover }.count == 1)
  }

  @Test func `a journal on a full disk says so, and gives its reserve back`() throws {
    let directory = RunDirectory("/tmp/pipectl-full-\(getpid())-\(UInt32.random(in: 0...UInt32.max))")
    try Files.makeFolder(directory.path)
    defer { try? FileManager.default.removeItem(atPath: directory.path) }
    #expect(symlink("/dev/full", directory.journal) == 0)
    let journal = try FileJournal(directory)
    #expect(Files.exists(directory.reserve))
    let error = #expect(throws: JournalError.self) { try journal.record(.note("one"), durably: true) }
    #expect(error?.description == "the journal: cannot write: No space left on device")
    #expect(!Files.exists(directory.reserve))
  }

  @Test func `a journal that may not grow ends the run, and what was confirmed before is kept`() async throws {
    let bench = try Bench()
    let script = bench.file("limited")
    try "#!/bin/sh\nulimit -f 24\nexec \(try Bench.binary()) supervise \"$@\"\n".write(
      toFile: script, atomically: true, encoding: .utf8)
    chmod(script, 0o755)
    let engine = LocalEngine(runsDirectory: bench.file("runs"), supervisorCommand: [script])
    let states = (0..<300).flatMap { _ in [ConfigValue.step("rows", .int(1)), .step("state")] }
    let tap = ConfigEntry("steps", .array(states + [.step("wait")]))
    try await engine.start(bench.order(tap: [tap]), from: StartBasis())
    try await bench.eventually("the run is over") {
      _ = await engine.observe()
      return engine.progress(of: bench.run())?.status.isEnded == true
    }
    let report = try #require(engine.progress(of: bench.run()))
    #expect(report.status == .ended(.lost) || report.failure?.code == .journalFailed, "\(report.status)")
    #expect(report.confirmedStates.first?.text == state(1))
    #expect(report.confirmedStates.count < 300, "the limit was reached")
    #expect(bench.processes() == [])
  }

  @Test(.enabled(if: geteuid() == 0, "mounting a small disk needs root; the two tests before this one need nothing"))
  func `a journal on a full disk fails the run, and its end is still written`() async throws {
    let bench = try Bench()
    let disk = bench.file("disk")
    try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
    // Root of a container may not mount; what a full disk does to a journal is shown by the tests before this one, too.
    guard mount("tmpfs", disk, "tmpfs", 0, "size=2m") == 0 else { return }
    defer { umount2(disk, Int32(MNT_DETACH)) }
    let engine = LocalEngine(runsDirectory: disk + "/runs", supervisorCommand: [try Bench.binary(), "supervise"])
    let before: [ConfigValue] = [
      .step("rows", .int(1)), .step("state"), .step("touch", .string(bench.file("sent"))),
      .step("await", .string(bench.file("go"))),
    ]
    let states = (0..<500).flatMap { _ in [ConfigValue.step("rows", .int(1)), .step("state")] }
    let tap = ConfigEntry("steps", .array(before + states + [.step("wait")]))
    try await engine.start(bench.order(tap: [tap]), from: StartBasis())
    try await bench.eventually("the tap has sent") { bench.exists("sent") && bench.lines("rows").count == 1 }
    let filler = open(disk + "/filler", O_WRONLY | O_CREAT, 0o600)
    let zeros = [UInt8](repeating: 0, count: 4096)
    while write(filler, zeros, zeros.count) > 0 {}
    close(filler)
    bench.touch("go")
    try await bench.eventually("the run is over") { engine.progress(of: bench.run())?.status.isEnded == true }
    let report = try #require(engine.progress(of: bench.run()))
    #expect(report.failure?.code == .journalFailed)
    #expect(
      report.failure?.message
        == "the journal: cannot write: No space left on device; the run was ended, as its states could not be kept: "
        + "make room, and start it again")
    #expect(report.confirmedStates.first?.text == state(1))
  }
}
