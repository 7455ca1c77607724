import EngineAPI
import Foundation
import Glibc
import PipelineModel
import Testing

@testable import LocalEngine

@Suite struct AdoptionTests {
  private func runs(_ engine: LocalEngine) async throws -> [RunReport] {
    switch await engine.observe() {
    case .complete(_, _, let runs): return runs
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
      if case .stopping(let progress) = report.status { progress.step == .delivered } else { false }
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

  @Test func `a runs folder that cannot be read is unavailable, and one that is not there has no runs`() async throws {
    let bench = try Bench()
    #expect(try await runs(bench.engine) == [])
    try Data().write(to: URL(fileURLWithPath: bench.file("file")))
    try FileManager.default.createDirectory(
      atPath: bench.file("runs/active/orders.1"), withIntermediateDirectories: true)
    try FileManager.default.createDirectory(
      atPath: bench.file("runs/active/orders.1/journal.jsonl"), withIntermediateDirectories: true)
    guard case .unavailable = await bench.engine.observe() else {
      Issue.record("a folder in the journal's place was read")
      return
    }
  }

  @Test func `the revision changes with a report and only with it`() async throws {
    let bench = try Bench()
    try await started(bench, bench.order(tap: waiting(bench)))
    func revision() async -> Revision? {
      if case .complete(let revision, _, _) = await bench.engine.observe() { revision } else { nil }
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
