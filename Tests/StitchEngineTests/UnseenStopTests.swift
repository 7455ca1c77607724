import ContractServers
import EngineAPI
import EngineHTTP
import PipelineModel
import Testing

@testable import StitchEngine

/// Stopping what Stitch began by itself, which no call shows: whatever runs is stopped, once, and what is listed afterwards tells what it was.
@Suite struct UnseenStopTests {
  private let stop = "DELETE /v4/sources/*/sync"

  @Test
  func `any job in progress can be stopped: one of Stitch's own schedule too, and it is cancelled when that is seen`()
    async throws
  {
    try await withBench { (bench: Bench) async throws in
      let job = bench.dialect.begin(4711)
      bench.clock.advance(by: TimeSpan(seconds: 60))
      let order = bench.unseen()
      try await bench.engine.stop(order)
      let calls = bench.calls.lines.filter { $0.contains("sync") || $0.hasSuffix("extractions") }
      #expect(calls == ["GET /v4/90001/extractions", "DELETE /v4/sources/4711/sync"], "it is looked first")
      let run = try #require(order.unseen).order
      #expect(try await bench.report(of: run)?.conditions == [.stoppedUnseen])
      #expect(try await bench.status(of: run)?.isStopping == true)
      #expect(try await bench.status(of: run, after: 40)?.isStopping == true, "what it had extracted is loaded")
      let end = try #require(try await bench.report(of: run, after: 60))
      #expect(end.status == .ended(.cancelled) && end.order?.trigger == .external)
      #expect(try bench.engine.receipts.receipt(of: run.run)?.job?.name == job)
      #expect(bench.calls.count(stop) == 1)
    }
  }

  @Test func `a stop that Stitch took, and that nothing listed proves, is unconfirmed and then lost, never cancelled`()
    async throws
  {
    try await withBench { (bench: Bench) async throws in
      let order = bench.unseen()
      try await bench.engine.stop(order)
      let run = try #require(order.unseen).order
      let asked = bench.clock.now()
      #expect(try await bench.status(of: run, after: 59)?.isStopping == true)
      #expect(try await bench.status(of: run, after: 1) == .unconfirmed(since: asked + TimeSpan(seconds: 60)))
      let end = try #require(try await bench.report(of: run, after: 270))
      #expect(end.status == .ended(.lost) && end.conditions == [.stoppedUnseen])
      #expect(bench.calls.count(stop) == 1)
      try await bench.start(bench.order(2))
    }
  }

  @Test func `a stop that Stitch refuses where nothing runs leaves nothing behind`() async throws {
    var habits = StitchAccount.Habits()
    habits.acceptsIdleStop = false
    try await withBench(habits: habits) { (bench: Bench) async throws in
      let order = bench.unseen()
      #expect(await bench.trouble(order)?.code == .runUnknown)
      #expect(try bench.engine.receipts.all() == [])
    }
  }

  @Test(arguments: [Fault.dropAfter, .dropBefore, .page, .status(502, isDone: true)])
  func `a stop whose answer is lost is sent by nobody again, and what is listed settles it`(fault: Fault) async throws {
    try await withBench { (bench: Bench) async throws in
      bench.dialect.begin(4711)
      bench.faults.add(stop, fault)
      let order = bench.unseen()
      #expect(await bench.trouble(order)?.retryability == .uncertain)
      let run = try #require(order.unseen).order
      guard case .unconfirmed? = try await bench.status(of: run) else {
        Issue.record("it is not unconfirmed")
        return
      }
      #expect(bench.calls.count(stop) == 1)
      let isTaken = fault != .dropBefore
      // One that Stitch never took lets the job go on, and is given up before that shows.
      #expect(try await bench.status(of: run, after: 120)?.isEnded == isTaken)
      #expect(try await bench.status(of: run, after: 300) == .ended(isTaken ? .cancelled : .lost))
      #expect(bench.calls.count(stop) == 1)
    }
  }

  @Test func `a stop that was certainly not taken leaves nothing behind and may be sent again`() async throws {
    try await withBench { (bench: Bench) async throws in
      bench.faults.add(stop, .tooMany(retryAfter: TimeSpan(seconds: 15)))
      let order = bench.unseen()
      #expect(await bench.trouble(order)?.retryability == .retryable)
      #expect(try bench.engine.receipts.all() == [])
      bench.faults.add("GET /v4/90001/extractions", .status(503, isDone: false))
      #expect(await bench.trouble(order)?.retryability == .retryable)
      #expect(bench.calls.count(stop) == 1, "nothing is sent without a look")
    }
  }

  @Test func `a job that ended by itself since the stop was asked for is the one that was meant`() async throws {
    try await withBench { (bench: Bench) async throws in
      bench.dialect.begin(4711)
      let order = bench.unseen()
      bench.clock.advance(by: TimeSpan(seconds: 601))
      let later = bench.dialect.begin(4711)
      try await bench.engine.stop(order)
      #expect(bench.calls.count(stop) == 0)
      #expect(bench.dialect.source(4711)?.job?.name == later, "no later job is hit")
      let run = try #require(order.unseen).order
      #expect(try await bench.status(of: run, after: 120) == .ended(.succeeded))
    }
  }

  @Test func `a stop that came after the last job had ended hits none of those before it`() async throws {
    try await withBench { (bench: Bench) async throws in
      bench.dialect.begin(4711)
      bench.clock.advance(by: TimeSpan(seconds: 660))
      let order = bench.unseen()
      try await bench.engine.stop(order)
      let run = try #require(order.unseen).order
      #expect(try await bench.status(of: run, after: 330) == .ended(.lost))
    }
  }

  @Test func `whoever asks anew has it sent once more, after another look`() async throws {
    try await withBench { (bench: Bench) async throws in
      let order = bench.unseen()
      try await bench.engine.stop(order)
      try await bench.engine.stop(order)
      #expect(bench.calls.count(stop) == 1)
      bench.clock.advance(by: TimeSpan(seconds: 61))
      bench.dialect.begin(4711)
      bench.clock.advance(by: TimeSpan(seconds: 10))
      let run = try #require(order.unseen).order
      try await bench.engine.stop(bench.cancel(run))
      #expect(bench.calls.count(stop) == 2)
      #expect(try await bench.status(of: run, after: 50)?.isStopping == true)
      #expect(try await bench.status(of: run, after: 60) == .ended(.cancelled))
    }
  }
}

extension Bench {
  /// A stop by somebody who knows of no run.
  fileprivate func unseen() -> StopOrder {
    var start = order()
    start.trigger = .external
    return StopOrder(
      run: start.run, kind: .cancel, request: "stop", unseen: UnseenRun(order: start, askedAt: clock.now()))
  }

  fileprivate func trouble(_ order: StopOrder) async -> EngineError? {
    do throws(EngineError) {
      try await engine.stop(order)
      return nil
    } catch {
      return error
    }
  }
}

extension RunStatus {
  fileprivate var isStopping: Bool {
    if case .stopping = self { true } else { false }
  }
}
