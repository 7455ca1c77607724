import ContractServers
import EngineAPI
import PipelineModel
import Testing

@testable import RelationalMigratorEngine

/// Stopping at Relational Migrator, where one call terminates a snapshot and completes change capture.
@Suite struct StopTests {
  @Test
  func
    `a snapshot cancelled in the snapshot stage leaves partial data in the destination, and its status is Snapshot cancelled`()
    async throws
  {
    try await withBench { bench in
      let order = bench.order()
      try await bench.start(order)
      bench.clock.advance(by: TimeSpan(seconds: 60))
      try await bench.cancel(order)
      #expect(try await bench.stopping(order) == .init(kind: .cancel, step: .terminating))
      #expect(bench.jobs.first?.status == "CANCELLING")
      let report = try #require(try await bench.report(of: order, after: 20))
      #expect(report.status == .ended(.cancelled))
      #expect(report.stages.map(\.stage) == [.snapshot])
      #expect(bench.jobs.first?.status == "CANCELLED")
      // 80 s of 600, and nothing of it goes by itself.
      #expect(bench.documents == 133)
      bench.clock.advance(by: TimeSpan(seconds: 86_400))
      #expect(bench.documents == 133)
      let next = bench.order(2, drops: true)
      try await bench.start(next)
      #expect(bench.documents == 0)
      #expect(try await bench.status(of: next, after: 600) == .ended(.succeeded))
      #expect(bench.documents == 1000)
    }
  }

  @Test
  func
    `a continuous job stopped in the CDC stage ends gracefully and cleans up its temporary data, by complete and by cancel`()
    async throws
  {
    for kind in [StopKind.complete, .cancel] {
      try await withBench(habits: .changeCapture()) { bench in
        let order = bench.order(mode: .continuous)
        let begin = bench.clock.now()
        try await bench.start(order)
        #expect(try await bench.status(of: order) == .active(.snapshot))
        #expect(try await bench.status(of: order, after: 600) == .active(.cdc))
        #expect(try await bench.status(of: order, after: 86_400) == .active(.cdc))
        #expect(bench.jobs.first?.hasTemporaryData == true)
        try await bench.engine.stop(StopOrder(run: order.run, kind: kind, request: "end"))
        #expect(try await bench.stopping(order) == .init(kind: .complete, step: .terminating))
        let report = try #require(try await bench.report(of: order, after: 20))
        #expect(report.status == .ended(.completed))
        let (turn, end) = (begin + TimeSpan(seconds: 600), bench.clock.now())
        #expect(
          report.stages == [
            StageReport(stage: .snapshot, startedAt: begin, endedAt: turn),
            StageReport(stage: .cdc, startedAt: turn, endedAt: end),
          ], "every stage is over")
        #expect(bench.jobs.first?.changeCapture == "COMPLETED")
        #expect(bench.jobs.first?.hasTemporaryData == false)
      }
    }
  }

  @Test func `a stop that arrives in the other stage is reported for what it did`() async throws {
    try await withBench(habits: .changeCapture()) { bench in
      let order = bench.order(mode: .continuous)
      try await bench.start(order)
      #expect(try await bench.status(of: order) == .active(.snapshot))
      // Meant to terminate the snapshot, it takes effect when the snapshot is over.
      bench.dialect.change { $0.habits.ignoresStops = true }
      try await bench.cancel(order)
      #expect(try await bench.stopping(order) == .init(kind: .cancel, step: .delivered))
      bench.clock.advance(by: TimeSpan(seconds: 600))
      bench.dialect.change { $0.stopJob(at: bench.clock.now()) }
      #expect(try await bench.status(of: order, after: 20) == .ended(.completed))
    }
  }

  @Test func `a complete never terminates a snapshot`() async throws {
    try await withBench(habits: .changeCapture()) { bench in
      let order = bench.order(mode: .continuous)
      try await bench.start(order)
      #expect(await error { try await bench.complete(order) }?.code == .wrongStage)
      #expect(bench.stops == 0)
      #expect(try await bench.status(of: order) == .active(.snapshot))
    }
  }

  @Test
  func `cancelling may take a minute, so it is a state with a deadline, cancelled only when that is seen`()
    async throws
  {
    var habits = MigratorInstance.Habits()
    habits.ignoresStops = true
    var plan = MigratorJobPlan()
    plan.snapshotTakes = TimeSpan(seconds: 86_400)
    try await withBench(habits: habits, plan: plan) { bench in
      let order = bench.order()
      try await bench.start(order)
      let asked = bench.clock.now()
      try await bench.cancel(order)
      #expect(try await bench.stopping(order, after: 599) == .init(kind: .cancel, step: .delivered))
      try await bench.cancel(order)
      #expect(bench.stops == 1)
      #expect(try await bench.status(of: order, after: 1) == .unconfirmed(since: asked + TimeSpan(seconds: 600)))
      bench.dialect.change { $0.habits.ignoresStops = false }
      try await bench.cancel(order)
      #expect(bench.stops == 2)
      #expect(try await bench.stopping(order) == .init(kind: .cancel, step: .terminating))
      #expect(try await bench.status(of: order, after: 20) == .ended(.cancelled))
    }
  }

  @Test func `a stop whose answer is lost after it took effect is not sent again`() async throws {
    for fault in [Fault.dropAfter, .page, .truncated, .status(502, isDone: true), .status(404, isDone: true)] {
      try await withBench { bench in
        let order = bench.order()
        try await bench.start(order)
        bench.faults.add(Bench.stops, fault)
        try await bench.cancel(order)
        try await bench.cancel(order)
        #expect(bench.stops == 1)
        #expect(try await bench.status(of: order, after: 20) == .ended(.cancelled))
      }
    }
  }

  @Test func `a stop that never arrived is uncertain, and sent again after a look`() async throws {
    try await withBench { bench in
      let order = bench.order()
      try await bench.start(order)
      bench.faults.add(Bench.stops, .dropBefore)
      #expect(await error { try await bench.cancel(order) }?.retryability == .uncertain)
      #expect(try await bench.status(of: order) == .active(.snapshot))
      bench.calls.clear()
      try await bench.cancel(order)
      #expect(bench.calls.lines == ["GET /api/v1/jobs/job-1", "POST /api/v1/jobs/job-1/stop"])
      #expect(try await bench.status(of: order, after: 20) == .ended(.cancelled))
    }
  }

  @Test func `a stop that was certainly not taken is sent again only after another look`() async throws {
    try await withBench(habits: .changeCapture()) { bench in
      let order = bench.order(mode: .continuous)
      try await bench.start(order)
      bench.faults.add(Bench.stops, .tooMany(retryAfter: TimeSpan(seconds: 15)))
      bench.calls.clear()
      #expect(await error { try await bench.cancel(order) }?.retryability == .retryable)
      #expect(bench.calls.lines.filter { $0.hasPrefix("POST") }.count == 1, "15 s later it may mean something else")
      #expect(try await bench.status(of: order) == .active(.snapshot))
      // Meanwhile the snapshot has ended: a complete, which was no cancel's business before, is told by the look.
      bench.clock.advance(by: TimeSpan(seconds: 600))
      bench.calls.clear()
      try await bench.complete(order)
      #expect(bench.calls.lines == ["GET /api/v1/jobs/job-1", "POST /api/v1/jobs/job-1/stop"])
      #expect(try await bench.status(of: order, after: 20) == .ended(.completed))
    }
  }

  @Test func `a stop that cannot look first does nothing yet`() async throws {
    for fault in [Fault.status(503, isDone: false), .page] {
      try await withBench { bench in
        let order = bench.order()
        try await bench.start(order)
        bench.faults.add("GET /api/v1/jobs/*", fault, times: 9)
        #expect(await error { try await bench.cancel(order) }?.retryability == .retryable)
        #expect(bench.stops == 0)
      }
    }
  }

  @Test func `a run that ended by itself before the stop reached it succeeded`() async throws {
    try await withBench { bench in
      let order = bench.order()
      try await bench.start(order)
      bench.clock.advance(by: TimeSpan(seconds: 600))
      try await bench.cancel(order)
      #expect(bench.stops == 0)
      #expect(try await bench.status(of: order) == .ended(.succeeded))
    }
  }

  @Test func `a job that somebody terminates in Relational Migrator is cancelled`() async throws {
    try await withBench { bench in
      let order = bench.order()
      try await bench.start(order)
      bench.dialect.change { $0.stopJob(at: bench.clock.now()) }
      #expect(try await bench.stopping(order) == .init(kind: .cancel, step: .terminating))
      try await bench.cancel(order)
      #expect(bench.stops == 0)
      #expect(try await bench.status(of: order, after: 20) == .ended(.cancelled))
    }
  }

  @Test func `a stopped run cannot be resumed, and a new one can be started with drop destination first`() async throws
  {
    try await withBench { bench in
      let order = bench.order()
      try await bench.start(order)
      try await bench.cancel(order)
      #expect(try await bench.status(of: order, after: 20) == .ended(.cancelled))
      try await bench.start(order)
      #expect(bench.starts == 1)
      let next = bench.order(2, drops: true)
      try await bench.start(next)
      #expect(try await bench.status(of: next) == .active(.snapshot))
      #expect(bench.jobs.map { $0.options.isDropping } == [false, true])
    }
  }

  @Test func `a stop before the start is settled waits, and an unknown run is told as such`() async throws {
    try await withBench { bench in
      let order = bench.order()
      #expect(await error { try await bench.cancel(order) }?.code == .runUnknown)
      bench.faults.add(Bench.starts, .dropBefore)
      #expect(await error { try await bench.start(order) } != nil)
      #expect(await error { try await bench.cancel(order) }?.retryability == .retryable)
      #expect(bench.stops == 0)
    }
  }
}

extension Bench {
  struct Stopping: Equatable {
    var kind: StopKind
    var step: StopStep
  }

  fileprivate func stopping(_ order: StartOrder, after seconds: Int64 = 0) async throws -> Stopping? {
    guard case .stopping(let progress)? = try await status(of: order, after: seconds) else { return nil }
    return Stopping(kind: progress.kind, step: progress.step)
  }
}

extension JSON {
  fileprivate var isDropping: Bool {
    if case .object(let members) = self { members["dropCollections"] == true } else { false }
  }
}
