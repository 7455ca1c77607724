import ContractServers
import EngineAPI
import EngineHTTP
import PipelineModel
import Testing

@testable import StitchEngine

/// Stopping at Stitch, where a stop names a source and not a job.
@Suite struct StopTests {
  private let stop = "DELETE /v4/sources/*/sync"

  @Test func `cancelling ends the extraction, and the run is over when what was extracted is loaded`() async throws {
    try await withBench { bench in
      let order = bench.order()
      try await bench.start(order)
      bench.clock.advance(by: TimeSpan(seconds: 60))
      try await bench.engine.stop(bench.cancel(order))
      #expect(try await bench.step(of: order) == .delivered)
      #expect(try await bench.step(of: order, after: 30) == .terminating)
      #expect(try await bench.status(of: order, after: 60) == .ended(.cancelled))
      #expect(bench.calls.count("DELETE /v4/sources/*/sync") == 1)
    }
  }

  @Test func `a stop that is asked for twice is sent once`() async throws {
    try await withBench { bench in
      let order = bench.order()
      try await bench.start(order)
      for _ in 1...3 { try await bench.engine.stop(bench.cancel(order)) }
      try await bench.otherEngine().stop(bench.cancel(order))
      #expect(bench.calls.count("DELETE /v4/sources/*/sync") == 1)
    }
  }

  @Test func `a stop never hits the run that comes after the one that is meant`() async throws {
    try await withBench { bench in
      let order = bench.order()
      try await bench.start(order)
      bench.clock.advance(by: TimeSpan(seconds: 650))
      let later = bench.dialect.begin(4711)
      try await bench.engine.stop(bench.cancel(order))
      #expect(bench.calls.count("DELETE /v4/sources/*/sync") == 0)
      #expect(bench.dialect.source(4711)?.job?.name == later)
      #expect(try await bench.status(of: order, after: 30) == .ended(.succeeded))
    }
  }

  @Test func `a stop whose answer is lost is sent again only after another look that does not show the end of the run`()
    async throws
  {
    for fault in [Fault.dropAfter, .dropBefore, .page, .status(502, isDone: true)] {
      try await withBench { bench in
        let order = bench.order()
        try await bench.start(order)
        bench.faults.add("DELETE /v4/sources/*/sync", fault)
        #expect(await bench.stopTrouble(order)?.retryability == .uncertain)
        #expect(bench.calls.count(stop) == 1, "never twice after one look")
        #expect(try await bench.status(of: order) == .active(.extract), "so that it is asked for again")
        try await bench.engine.stop(bench.cancel(order))
        let lines = bench.calls.lines.filter { $0.hasPrefix("DELETE") || $0.hasSuffix("/extractions") }
        let look = "GET /v4/90001/extractions"
        #expect(lines.filter { $0 != look } == ["DELETE /v4/sources/4711/sync", "DELETE /v4/sources/4711/sync"])
        #expect(lines.dropLast().last == look)
        #expect(try await bench.step(of: order) == .delivered)
        #expect(try await bench.step(of: order, after: 30) == .terminating)
        #expect(try await bench.status(of: order, after: 100) == .ended(.cancelled))
      }
    }
  }

  @Test func `a stop that took effect at once is not sent again`() async throws {
    var habits = StitchAccount.Habits()
    habits.stopTakes = TimeSpan(seconds: 0)
    try await withBench(habits: habits) { bench in
      let order = bench.order()
      try await bench.start(order)
      bench.faults.add(stop, .dropAfter)
      #expect(await bench.stopTrouble(order)?.retryability == .uncertain)
      for _ in 1...2 { try await bench.engine.stop(bench.cancel(order)) }
      #expect(bench.calls.count(stop) == 1)
      #expect(try await bench.step(of: order) == .terminating)
    }
  }

  @Test func `a stop that does not get through is sent again by whoever asks again, until it does`() async throws {
    try await withBench { bench in
      let order = bench.order()
      try await bench.start(order)
      bench.faults.add(stop, .dropBefore, times: 5)
      for _ in 1...5 { #expect(await bench.stopTrouble(order)?.retryability == .uncertain) }
      #expect(try await bench.status(of: order) == .active(.extract))
      try await bench.otherEngine().stop(bench.cancel(order))
      #expect(bench.calls.count(stop) == 6)
      #expect(try await bench.step(of: order) == .delivered)
      #expect(try await bench.status(of: order, after: 30).map(\.isEnded) == false)
      #expect(try await bench.status(of: order, after: 100) == .ended(.cancelled))
    }
  }

  @Test func `a controller that dies before it has sent a stop leaves that to the next`() async throws {
    try await withBench { bench in
      let order = bench.order()
      try await bench.start(order)
      var receipt = try #require(try bench.engine.receipts.receipt(of: order.run))
      receipt.stop = StitchReceipt.Stop(askedAt: bench.clock.now(), isDelivered: false)
      try bench.engine.receipts.keep(receipt)
      #expect(try await bench.status(of: order) == .active(.extract))
      try await bench.otherEngine().stop(bench.cancel(order))
      #expect(bench.calls.count(stop) == 1)
      #expect(try await bench.step(of: order) == .delivered)
    }
  }

  @Test func `a stop that Stitch did not take is not sent again without a look`() async throws {
    try await withBench { bench in
      let order = bench.order()
      try await bench.start(order)
      bench.faults.add(stop, .tooMany(retryAfter: TimeSpan(seconds: 15)), times: 3)
      #expect(await bench.stopTrouble(order)?.retryability == .retryable)
      #expect(bench.calls.count(stop) == 1)
      // Meanwhile the run ends, and a later one begins.
      bench.clock.advance(by: TimeSpan(seconds: 700))
      let later = bench.dialect.begin(4711)
      try await bench.engine.stop(bench.cancel(order))
      #expect(bench.calls.count(stop) == 1)
      #expect(bench.dialect.source(4711)?.job?.name == later)
    }
  }

  @Test func `a stop that nobody answers is uncertain, and what is observed settles it`() async throws {
    try await withBench { bench in
      let order = bench.order()
      try await bench.start(order)
      bench.faults.add(stop, .dropAfter, times: 9)
      #expect(await bench.stopTrouble(order)?.retryability == .uncertain)
      #expect(try await bench.step(of: order, after: 30) == .terminating)
      try await bench.engine.stop(bench.cancel(order))
      #expect(bench.calls.count(stop) == 1)
      #expect(try await bench.status(of: order, after: 100) == .ended(.cancelled))
    }
  }

  @Test func `a stop that was taken and did nothing is sent again where somebody asks anew once it is unconfirmed`()
    async throws
  {
    var habits = StitchAccount.Habits()
    habits.stopTakes = TimeSpan(seconds: 3600)
    try await withBench([shop { $0.jobTakes = TimeSpan(seconds: 7200) }], habits: habits) { bench in
      let order = bench.order()
      try await bench.start(order)
      for seconds in [0, 300, 299] {
        bench.clock.advance(by: TimeSpan(seconds: Int64(seconds)))
        try await bench.engine.stop(bench.cancel(order))
      }
      #expect(bench.calls.count(stop) == 1)
      #expect(try await bench.step(of: order) == .delivered)
      bench.clock.advance(by: TimeSpan(seconds: 1))
      bench.dialect.change(habits: { $0.stopTakes = TimeSpan(seconds: 20) })
      try await bench.engine.stop(bench.cancel(order))
      #expect(bench.calls.count(stop) == 2)
      #expect(try await bench.step(of: order) == .delivered)
      #expect(try await bench.step(of: order, after: 60) == .terminating)
    }
  }

  @Test func `cancelling may take a minute: it is a state with a deadline, and cancelled only when that is seen`()
    async throws
  {
    var habits = StitchAccount.Habits()
    habits.stopTakes = TimeSpan(seconds: 3600)
    try await withBench([shop { $0.jobTakes = TimeSpan(seconds: 7200) }], habits: habits) { bench in
      let order = bench.order()
      try await bench.start(order)
      let asked = bench.clock.now()
      try await bench.engine.stop(bench.cancel(order))
      #expect(try await bench.step(of: order, after: 599) == .delivered)
      #expect(try await bench.status(of: order, after: 1) == .unconfirmed(since: asked + TimeSpan(seconds: 600)))
      #expect(try await bench.step(of: order, after: 3001) == .terminating)
      #expect(try await bench.status(of: order, after: 60) == .ended(.cancelled))
    }
  }

  @Test func `a run that ended by itself before the stop reached it succeeded`() async throws {
    try await withBench { bench in
      let order = bench.order()
      try await bench.start(order)
      bench.clock.advance(by: TimeSpan(seconds: 601))
      try await bench.engine.stop(bench.cancel(order))
      #expect(bench.calls.count("DELETE /v4/sources/*/sync") == 0)
      #expect(try await bench.status(of: order, after: 60) == .ended(.succeeded))
    }
  }

  @Test func `a job that somebody stops in Stitch is cancelled`() async throws {
    try await withBench { bench in
      let order = bench.order()
      try await bench.start(order)
      bench.dialect.stopJob(4711)
      #expect(try await bench.status(of: order, after: 30) == .active(.load))
      #expect(try await bench.status(of: order, after: 100) == .ended(.cancelled))
    }
  }

  @Test func `a stop that cannot look first does nothing yet`() async throws {
    try await withBench { bench in
      let order = bench.order()
      try await bench.start(order)
      bench.faults.add("GET /v4/90001/extractions", .status(503, isDone: false), times: 9)
      let error = await #expect(throws: EngineError.self) { try await bench.engine.stop(bench.cancel(order)) }
      #expect(error?.retryability == .retryable)
      #expect(bench.calls.count("DELETE /v4/sources/*/sync") == 0)
    }
  }

  @Test func `a start that may not have been taken is not sent again once it is to be cancelled`() async throws {
    try await withBench { (bench: Bench) async throws in
      let order = bench.order()
      bench.faults.add("POST /v4/sources/*/sync", .dropBefore)
      let lost = await #expect(throws: EngineError.self) { try await bench.start(order) }
      #expect(lost?.retryability == .uncertain)
      let error = await #expect(throws: EngineError.self) { try await bench.engine.stop(bench.cancel(order)) }
      #expect(error?.retryability == .retryable)
      #expect(try await bench.unreadable().map(\.run) == [order.run])
      let again = await #expect(throws: EngineError.self) { try await bench.start(order) }
      #expect(again?.retryability == .uncertain)
      #expect(bench.calls.count("POST /v4/sources/*/sync") == 1)
      #expect(bench.calls.count("DELETE /v4/sources/*/sync") == 0)
    }
  }

  @Test func `a stop ends a run whose job never shows: two hours later it is lost, and never called cancelled`()
    async throws
  {
    try await withBench { bench in
      let order = bench.order()
      try await bench.start(order)
      bench.dialect.loseJob(4711)
      try await bench.engine.stop(bench.cancel(order))
      let status = try await bench.status(of: order, after: 7199)
      #expect(status?.isEnded == false)
      #expect(try await bench.status(of: order, after: 30) == .ended(.lost))
      try await bench.start(bench.order(2))
    }
  }

  @Test func `an unknown run and a complete are told as what they are`() async throws {
    try await withBench { bench in
      let order = bench.order()
      let unknown = await #expect(throws: EngineError.self) { try await bench.engine.stop(bench.cancel(order)) }
      #expect(unknown?.code == .runUnknown)
      try await bench.start(order)
      let complete = StopOrder(run: order.run, kind: .complete, request: "end")
      let wrong = await #expect(throws: EngineError.self) { try await bench.engine.stop(complete) }
      #expect(wrong?.code == .wrongStage)
    }
  }
}

extension Bench {
  fileprivate func step(of order: StartOrder, after seconds: Int64 = 0) async throws -> StopStep? {
    guard case .stopping(let progress)? = try await status(of: order, after: seconds) else { return nil }
    #expect(progress.kind == .cancel)
    return progress.step
  }

  fileprivate func stopTrouble(_ order: StartOrder) async -> EngineError? {
    do throws(EngineError) {
      try await engine.stop(cancel(order))
      return nil
    } catch {
      return error
    }
  }
}
