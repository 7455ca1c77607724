import EngineAPI
import Foundation
import Glibc
import PipelineModel
import Testing

@testable import LocalEngine

@Suite struct AdoptionTests {
  private func runs(_ engine: LocalEngine) async throws -> [RunReport] {
    switch await engine.observe() {
    case .complete(_, _, let runs, _): return runs
    case .unavailable(let reason, _): throw Bench.Missing(description: reason)
    }
  }

  private func waiting(_ bench: Bench, onTerm: String? = "state") -> [ConfigEntry] {
    [
      steps(
        .step("rows", .int(3)), .step("state"), .step("touch", .string(bench.file("sent"))),
        .step("await", .string(bench.file("go"))), .step("rows", .int(2)), .step("state"))
    ] + (onTerm.map { [ConfigEntry("on_term", .string($0))] } ?? [])
  }

  private func started(_ bench: Bench, _ order: StartOrder) async throws {
    try await bench.start(order)
    try await bench.eventually("the tap has sent") { bench.exists("sent") && bench.lines("rows").count == 3 }
    _ = try await bench.report { $0.confirmedStates.count == 1 }
  }

  @Test func `starting twice is starting once, also for another controller, also after the end`() async throws {
    let bench = try Bench()
    let order = bench.order(tap: waiting(bench))
    try await bench.start(order)
    try await bench.start(order)
    let other = LocalEngine(runsDirectory: bench.path + "/runs", supervisorCommand: ["/bin/false"])
    try await other.start(order, from: StartBasis())
    try await bench.eventually("the tap has sent") { bench.exists("sent") }
    bench.touch("go")
    #expect(try await bench.ended().status == .ended(.succeeded))
    try await bench.start(order)
    try await other.retire(order.run)
    #expect(try await runs(bench.engine) == [])
    #expect(bench.lines("rows").count == 5)
  }

  @Test func `a run that was put away is never begun again, whoever has forgotten it`() async throws {
    let bench = try Bench()
    let order = bench.order(tap: waiting(bench))
    try await bench.start(order)
    bench.touch("go")
    #expect(try await bench.ended().status == .ended(.succeeded))
    try await bench.engine.retire(order.run)
    await #expect { try await bench.start(order) } throws: { ($0 as? EngineError)?.code == .refused }
    #expect(bench.lines("rows").count == 5)
  }

  @Test func `a number that is given a second time makes no request's run another's`() async throws {
    let bench = try Bench()
    let order = bench.order(tap: waiting(bench))
    try await started(bench, order)
    var other = order
    other.trigger = .request(RequestID("another"))
    await #expect { try await bench.start(other) } throws: { ($0 as? EngineError)?.code == .refused }
    bench.touch("go")
    #expect(try await bench.ended().status == .ended(.succeeded))
    await #expect { try await bench.start(other) } throws: { ($0 as? EngineError)?.code == .refused }
    #expect(bench.lines("rows").count == 5)
  }

  @Test func `a second run of the pipeline does not start beside the first`() async throws {
    let bench = try Bench()
    try await started(bench, bench.order(1, tap: waiting(bench)))
    let second = bench.order(2, tap: waiting(bench))
    await #expect { try await bench.start(second) } throws: {
      ($0 as? EngineError)?.code == .alreadyRunning(bench.run(1))
    }
    #expect(bench.engine.progress(of: bench.run(2)) == nil)
  }

  @Test func `another controller sees the run, stops it, and retires it`() async throws {
    let bench = try Bench()
    try await started(bench, bench.order(tap: waiting(bench)))
    let other = LocalEngine(runsDirectory: bench.path + "/runs", supervisorCommand: ["/bin/false"])
    let seen = try #require(try await runs(other).first)
    #expect(seen.status == .active(.extract))
    #expect(seen.confirmedStates.map(\.text) == [state(3)])
    try await other.stop(StopOrder(run: bench.run(), kind: .cancel, request: nil))
    #expect(try await bench.ended().status == .ended(.cancelled))
    #expect(try await runs(other).map(\.run) == [bench.run()])
    try await other.retire(bench.run())
    try await other.retire(bench.run())
    #expect(try await runs(other) == [])
    #expect(bench.engine.progress(of: bench.run())?.status == .ended(.cancelled))
  }

  @Test func `a run whose supervisor is killed is unconfirmed while its processes live, then lost, and goes on`()
    async throws
  {
    let bench = try Bench()
    let limits = Limits(cancelGrace: TimeSpan(seconds: 1))
    try await started(bench, bench.order(tap: waiting(bench, onTerm: "ignore"), limits: limits))
    let supervisor = try #require(try bench.history().supervisor)
    kill(supervisor.identity.pid, SIGKILL)
    _ = try await bench.report { report in
      if case .unconfirmed = report.status { true } else { false }
    }
    var statuses: [RunStatus] = []
    try await bench.eventually("the run is lost") {
      let status = try #require(try await runs(bench.engine).first).status
      statuses.append(status)
      return status == .ended(.lost)
    }
    #expect(statuses.dropLast().allSatisfy { if case .unconfirmed = $0 { true } else { false } })
    #expect(statuses.count > 1)
    #expect(bench.processes() == [])
    let files = try bench.files()
    #expect(!files.contains("tap-config.json"))
    let again = try #require(try await runs(bench.engine).first)
    #expect(again.status == .ended(.lost))

    bench.touch("go")
    try await bench.start(bench.order(attempt: 2, tap: waiting(bench), limits: limits))
    let report = try await bench.ended()
    #expect(report.status == .ended(.succeeded))
    #expect(report.attempt == 2)
    #expect(report.confirmedStates.map(\.text) == [state(3), state(6), state(8)])
    #expect(report.confirmedStates.map(\.sequence) == [1, 2, 3])
  }

  @Test func `a cancelled run that loses its supervisor is cancelled when nothing of it is left`() async throws {
    let bench = try Bench()
    // Long enough to be seen in between, on a machine that is busy with other things.
    let limits = Limits(cancelGrace: TimeSpan(seconds: 600))
    try await started(bench, bench.order(tap: waiting(bench, onTerm: "ignore"), limits: limits))
    try await bench.cancel()
    _ = try await bench.report { report in
      if case .stopping(let progress) = report.status { progress.step != .requested } else { false }
    }
    for process in bench.processes(withSupervisors: true) { kill(process, SIGKILL) }
    try await bench.eventually("the run is over") {
      try await runs(bench.engine).first?.status == .ended(.cancelled)
    }
  }

  @Test func `a folder without a start is not reported and can be started`() async throws {
    let bench = try Bench()
    let broken = LocalEngine(runsDirectory: bench.path + "/runs", supervisorCommand: ["/bin/true"])
    let order = bench.order(tap: [steps(.step("rows", .int(1)))])
    try await broken.start(order, from: StartBasis())
    try await bench.eventually("the false supervisor is gone") { try await runs(broken) == [] }
    try await bench.start(order)
    #expect(try await bench.ended().status == .ended(.succeeded))
  }

  @Test func `a folder whose controller was killed before the spawn is not reported and can be started`() async throws {
    let bench = try Bench()
    let order = bench.order(tap: [steps(.step("rows", .int(1)))])
    let specification = RunSpecification(
      order: order, state: nil, catalog: nil, workingDirectory: "/", orderedAt: Clock.now())
    #expect(try bench.engine.runs.prepare(specification) != nil)
    #expect(try await runs(bench.engine) == [])
    try await bench.start(order)
    #expect(try await bench.ended().status == .ended(.succeeded))
  }

  @Test func `what a controller left half made when it was killed is no run and stands in nobody's way`() async throws {
    let bench = try Bench()
    let remains = bench.file("runs/active/.new-orders.1-4711-1")
    try FileManager.default.createDirectory(atPath: remains, withIntermediateDirectories: true)
    #expect(try await runs(bench.engine) == [])
    try await bench.start(bench.order(tap: [steps(.step("rows", .int(1)))]))
    #expect(try await bench.ended().status == .ended(.succeeded))
    #expect(try await runs(bench.engine).map(\.run) == [bench.run()])
  }

  @Test func `a run is under way from the moment its start returns`() async throws {
    let bench = try Bench()
    for number in 1...10 {
      try await bench.start(bench.order(number, tap: [steps(.step("wait"))]))
      let other = LocalEngine(runsDirectory: bench.path + "/runs", supervisorCommand: ["/bin/false"])
      let report = try #require(try await runs(other).first)
      #expect(report.run == bench.run(number))
      #expect(!report.status.isEnded)
      try await other.stop(StopOrder(run: bench.run(number), kind: .cancel, request: nil))
      #expect(try await bench.ended(number).status == .ended(.cancelled))
      try await other.retire(bench.run(number))
    }
  }

  @Test func `a further attempt runs where the first one was ordered`() async throws {
    let bench = try Bench()
    try await started(bench, bench.order(tap: waiting(bench)))
    let ordered = try RunSpecification(reading: bench.directory()).workingDirectory
    for process in bench.processes(withSupervisors: true) { kill(process, SIGKILL) }
    try await bench.eventually("the run is lost") { try await runs(bench.engine).first?.status == .ended(.lost) }
    bench.touch("go")
    try await bench.start(bench.order(attempt: 2, tap: waiting(bench)))
    #expect(try await bench.ended().status == .ended(.succeeded))
    #expect(try RunSpecification(reading: bench.directory()).workingDirectory == ordered)
  }

  @Test func `a runs folder that cannot be listed is unavailable, and one that is not there has no runs`() async throws
  {
    let bench = try Bench()
    #expect(try await runs(bench.engine) == [])
    try FileManager.default.createDirectory(atPath: bench.file("runs"), withIntermediateDirectories: true)
    bench.touch("runs/active")
    guard case .unavailable(let reason, _) = await bench.engine.observe() else {
      Issue.record("a file in the place of a folder was taken for an empty folder")
      return
    }
    #expect(reason.contains(bench.file("runs/active")) && reason.contains("Not a directory"), "\(reason)")
  }

  @Test func `a run that cannot be read concerns its own pipeline only`() async throws {
    let bench = try Bench()
    try await started(bench, bench.order(tap: waiting(bench)))
    let broken = bench.file("runs/active/customers.4")
    try FileManager.default.createDirectory(atPath: broken + "/journal.jsonl", withIntermediateDirectories: true)
    guard case .complete(_, _, let runs, let unreadable) = await bench.engine.observe() else {
      Issue.record("one folder made the whole engine unavailable")
      return
    }
    #expect(runs.map(\.run) == [bench.run()])
    #expect(unreadable.map(\.run) == [RunID(pipeline: PipelineName("customers"), number: 4)])
    #expect(unreadable[0].reason == "\(broken): cannot read \(broken)/journal.jsonl: Is a directory")
    var order = bench.order(tap: waiting(bench))
    order.run = RunID(pipeline: PipelineName("customers"), number: 5)
    await #expect { try await bench.start(order) } throws: { ($0 as? EngineError)?.code == .unavailable }
    #expect(bench.engine.directory(of: order.run) == nil, "nothing began beside what could not be read")
  }

  @Test func `an ended run whose specification is damaged is told from its journal`() async throws {
    let bench = try Bench()
    try await bench.start(bench.order(tap: [steps(.step("rows", .int(2)), .step("state"))]))
    let report = try await bench.ended()
    try "{".write(toFile: bench.directory().specification, atomically: true, encoding: .utf8)
    let other = LocalEngine(runsDirectory: bench.path + "/runs", supervisorCommand: ["/bin/false"])
    let seen = try #require(try await runs(other).first)
    #expect(seen.status == report.status && seen.confirmedStates == report.confirmedStates)
    #expect(seen.order == nil)
  }

  @Test func `an engine that is only read from leaves what a lost supervisor left behind`() async throws {
    let bench = try Bench()
    let limits = Limits(cancelGrace: TimeSpan(seconds: 0))
    try await started(bench, bench.order(tap: waiting(bench, onTerm: "ignore"), limits: limits))
    kill(try #require(try bench.history().supervisor).identity.pid, SIGKILL)
    let reader = LocalEngine(runsDirectory: bench.path + "/runs", supervisorCommand: ["/bin/false"], isReadOnly: true)
    try await bench.eventually("the supervisor is gone") {
      if case .unconfirmed = try await runs(reader).first?.status { true } else { false }
    }
    for _ in 0..<5 { _ = await reader.observe() }
    #expect(!bench.processes().isEmpty)
    #expect(try !bench.files().contains("orphans.json"), "not even the first step was taken")
    try await bench.eventually("who acts ends them") { try await runs(bench.engine).first?.status == .ended(.lost) }
    #expect(bench.processes() == [])
  }

  @Test func `after a restart of the machine a run on record is lost at once, and nobody is signalled`() async throws {
    let bench = try Bench()
    try await started(bench, bench.order(tap: waiting(bench, onTerm: "ignore")))
    let supervisor = try #require(try bench.history().supervisor)
    kill(supervisor.identity.pid, SIGKILL)
    try await bench.eventually("the supervisor is gone") { try !RunLock.isHeld(bench.directory()) }
    let journal = try bench.directory().journal
    let text = try String(contentsOfFile: journal, encoding: .utf8)
    try text.replacingOccurrences(of: supervisor.identity.bootID, with: "another-boot")
      .write(toFile: journal, atomically: true, encoding: .utf8)
    // Whoever has these numbers now is somebody else, and here they stand for them.
    let strangers = bench.processes()
    try #require(!strangers.isEmpty)
    let other = LocalEngine(runsDirectory: bench.path + "/runs", supervisorCommand: [try Bench.binary(), "supervise"])
    let report = try #require(try await runs(other).first)
    #expect(report.status == .ended(.lost))
    #expect(report.confirmedStates.map(\.text) == [state(3)], "what was confirmed before is kept")
    #expect(bench.processes() == strangers)
    for stranger in strangers { kill(stranger, SIGKILL) }
    bench.touch("go")
    try await other.start(bench.order(attempt: 2, tap: waiting(bench)), from: StartBasis())
    #expect(try await bench.ended().status == .ended(.succeeded))
  }

  @Test func `what a killed controller left half made is swept by the next, and a living one's is not`() async throws {
    let bench = try Bench()
    let null = try FileDescriptor(opening: "/dev/null", O_RDWR)
    let dead = try ChildProcess(
      path: "/bin/true", arguments: ["true"], environment: [], directory: nil, input: null, output: null, error: null
    ).spawn()
    #expect(waitpid(dead, nil, 0) == dead)
    let left = bench.file("runs/active/.new-some-orders.1-\(dead)-17")
    let others = bench.file("runs/active/.new-some-orders.2-\(getpid())-18")
    for folder in [left, others] {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try Files.replace(folder + "/specification.json", with: Array("{}".utf8))
    }
    try await bench.start(bench.order(tap: [steps(.step("rows", .int(1)))]))
    #expect(try await bench.ended().status == .ended(.succeeded))
    #expect(!Files.exists(left) && Files.exists(others))
  }

  @Test func `the lock of a look that is over is free, whoever has a copy of its descriptor`() throws {
    let directory = RunDirectory("/tmp/pipectl-lock-\(getpid())-\(UInt32.random(in: 0...UInt32.max))")
    try Files.makeFolder(directory.path)
    defer { try? FileManager.default.removeItem(atPath: directory.path) }
    let lock = try #require(try RunLock.take(directory))
    // As a child has it that another thread forks just then.
    let copy = FileDescriptor(adopting: dup(lock.number))
    defer { copy.close() }
    RunLock.release(lock)
    #expect(try RunLock.isHeld(directory) == false)
  }

  @Test func `the revision changes with a report and only with it`() async throws {
    let bench = try Bench()
    try await started(bench, bench.order(tap: waiting(bench)))
    func revision() async -> Revision? {
      if case .complete(let revision, _, _, _) = await bench.engine.observe() { revision } else { nil }
    }
    bench.touch("go")
    _ = try await bench.ended()
    let first = await revision()
    #expect(await revision() == first)
    try await bench.engine.retire(bench.run())
    #expect(await revision() != first)
  }

  @Test func `a torn line and an entry of a later version do not hide the rest of a journal`() throws {
    let path = "/tmp/pipectl-journal-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
    defer { unlink(path) }
    let begun = try JournalLine(at: Timestamp(seconds: 1), entry: .stageBegan(.extract)).bytes()
    let later = Array(#"{"at":1,"entry":{"kind":"teleported","to":"mars"},"version":9}"#.utf8) + [0x0A]
    let torn = Array(begun.prefix(20)) + [0x0A]
    let state = try JournalLine(at: Timestamp(seconds: 2), entry: .state(sequence: 1, text: "{}")).bytes()
    try Files.replace(path, with: begun + later + torn + state + begun.prefix(10))
    var reader = JournalReader()
    try reader.catchUp(with: path)
    #expect(reader.history.stage == .extract)
    #expect(reader.history.states.map(\.text) == ["{}"])
    #expect(reader.position == Int64(begun.count + later.count + torn.count + state.count))
  }
}
