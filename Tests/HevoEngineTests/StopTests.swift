import ContractServers
import EngineAPI
import PipelineModel
import Testing

@testable import HevoEngine

/// Cancelling at Hevo, where a cancel names a job.
@Suite struct StopTests {
  @Test func `cancelling may take a minute, and is a state until Hevo says that the job is cancelled`() async throws {
    try await withBench { bench in
      let order = bench.order()
      try await bench.start(order)
      bench.pass(60)
      try await bench.engine.stop(bench.cancel(order.run))
      #expect(try await bench.step(of: order.run) == .terminating)
      let report = try #require(try await bench.report(of: order.run, after: 30))
      #expect(report.status == .ended(.cancelled))
      #expect(report.endedAt == bench.jobs().last?.updatedAt)
    }
  }

  @Test func `a cancel is unconfirmed after its deadline, and cancelled only when it is seen`() async throws {
    try await withBench(
      [shop { $0.jobTakes = TimeSpan(seconds: 9000) }], habits: { $0.cancelTakes = TimeSpan(seconds: 3600) }
    ) {
      bench in
      let order = bench.order()
      try await bench.start(order)
      bench.pass(60)
      let asked = bench.clock.now()
      try await bench.engine.stop(bench.cancel(order.run))
      #expect(try await bench.step(of: order.run, after: 599) == .terminating)
      #expect(try await bench.status(of: order.run, after: 1) == .unconfirmed(since: asked + TimeSpan(seconds: 600)))
      #expect(try await bench.status(of: order.run, after: 3100) == .ended(.cancelled))
    }
  }

  @Test func `a cancel stops all stages but the refresh of the schema, which finishes first`() async throws {
    try await withBench([shop { $0.refreshTakes = TimeSpan(seconds: 300) }]) { bench in
      let order = bench.order()
      try await bench.start(order)
      bench.pass(30)
      try await bench.engine.stop(bench.cancel(order.run))
      #expect(try await bench.step(of: order.run, after: 200) == .terminating)
      #expect(try await bench.status(of: order.run, after: 100) == .ended(.cancelled))
    }
  }

  @Test func `runs that come due behind a cancelled one are cancelled with it, and the next one comes at its time`()
    async throws
  {
    let busy = shop {
      $0.firesSchedule = true
      $0.frequency = 5
      $0.refreshTakes = TimeSpan(seconds: 500)
      $0.jobTakes = TimeSpan(seconds: 1200)
    }
    try await withBench([busy]) { bench in
      _ = try await bench.runs(bench.record())
      let order = bench.order()
      try await bench.start(order)
      bench.pass(15)
      try await bench.engine.stop(bench.cancel(order.run))
      bench.pass(600)
      // Ours, the one that came due meanwhile, and the next one.
      let runs = try await bench.runs(bench.record(runs: 1))
      #expect(runs.map(\.run.number) == [1, 2, 3])
      #expect(runs.map(\.status) == [.ended(.cancelled), .ended(.cancelled), .active(.extract)])
      #expect(runs.map(\.conditions) == [[], [.cancelledBehind], []])
      #expect(runs.compactMap(\.order?.trigger) == [.request("first"), .external, .external])
      #expect(bench.dialect.pipeline(17)?.frequency == 5)
    }
  }

  @Test
  func
    `after a cancelled history its changes of the schema are discarded, and the next run refreshes the schema and begins it again`()
    async throws
  {
    try await withBench { bench in
      bench.dialect.change(17) { $0.sourceSchema = 2 }
      let first = bench.order(1, mode: .historical)
      try await bench.start(first)
      bench.pass(60)
      try await bench.engine.stop(bench.cancel(first.run))
      #expect(try await bench.status(of: first.run, after: 60) == .ended(.cancelled))
      #expect(bench.dialect.pipeline(17)?.schema == 1)
      // A plain start, which is historical since the history is pending, needs no second resync: Hevo goes on by itself.
      try await bench.start(bench.order(2, mode: .historical))
      #expect(bench.jobs().last?.type == "HISTORICAL")
      #expect(bench.calls.count(syncNow) == 1)
      #expect(try await bench.status(of: bench.order(2).run, after: 700) == .ended(.succeeded))
      #expect(bench.dialect.pipeline(17)?.schema == 2)
    }
  }

  @Test func `after a cancelled history the next scheduled run begins it again, and is shown as what it is`()
    async throws
  {
    let scheduled = shop { ($0.firesSchedule, $0.frequency, $0.sourceSchema) = (true, 60, 2) }
    try await withBench([scheduled]) { bench in
      _ = try await bench.runs(bench.record())
      let first = bench.order(1, mode: .historical)
      try await bench.start(first)
      bench.pass(60)
      try await bench.engine.stop(bench.cancel(first.run))
      #expect(try await bench.status(of: first.run, after: 60) == .ended(.cancelled))
      bench.pass(3600)
      let next = try #require(try await bench.runs(bench.record(runs: 1)).last)
      #expect(next.order?.trigger == .external)
      #expect(next.order?.mode == .historical)
      bench.pass(700)
      #expect(bench.dialect.pipeline(17)?.schema == 2)
    }
  }

  @Test
  func
    `after a cancelled incremental run its changes of the schema are discarded, and the next one goes on from the last offset of each stream`()
    async throws
  {
    let two = shop {
      $0.objects = [HevoObjectState(name: "orders", rows: 100), HevoObjectState(name: "customers", rows: 50)]
      $0.sourceSchema = 2
    }
    try await withBench([two]) { bench in
      let first = bench.order(1)
      try await bench.start(first)
      // Orders take the first half, and customers are cut short.
      bench.pass(400)
      try await bench.engine.stop(bench.cancel(first.run))
      let cut = try #require(try await bench.report(of: first.run, after: 60))
      #expect(cut.status == .ended(.cancelled))
      #expect(cut.loaded == ["customers": 0, "orders": 100])
      #expect(bench.dialect.pipeline(17)?.schema == 1)
      let second = bench.order(2)
      try await bench.start(second)
      #expect(bench.jobs().last?.type == "INCREMENTAL")
      let rest = try #require(try await bench.report(of: second.run, after: 700))
      #expect(rest.status == .ended(.succeeded))
      #expect(rest.loaded == ["customers": 50, "orders": 0])
      #expect(bench.dialect.pipeline(17)?.schema == 2)
    }
  }

  @Test func `what was loaded before the cancel is told per stream`() async throws {
    try await withBench { bench in
      let order = bench.order()
      try await bench.start(order)
      bench.pass(100)
      try await bench.engine.stop(bench.cancel(order.run))
      let report = try #require(try await bench.report(of: order.run, after: 60))
      #expect(report.streams == [StreamReport(name: "public.orders", records: 250, bytes: nil)])
    }
  }

  @Test func `any job in progress can be cancelled, whoever began it`() async throws {
    for type in ["INCREMENTAL", "HISTORICAL", "RESYNC", "AN_UNKNOWN_KIND"] {
      try await withBench { bench in
        bench.dialect.begin(17, type: type)
        bench.pass(30)
        let run = try #require(try await bench.runs(bench.record()).first).run
        try await bench.engine.stop(bench.cancel(run))
        #expect(try await bench.status(of: run, after: 30) == .ended(.cancelled), "\(type)")
      }
    }
  }

  @Test func `a refresh of the schema that Hevo began by itself finishes although it is cancelled`() async throws {
    try await withBench { bench in
      bench.dialect.begin(17, type: "REFRESHER")
      bench.pass(30)
      let report = try #require(try await bench.runs(bench.record()).first)
      #expect(report.status == .active(.discover))
      try await bench.engine.stop(bench.cancel(report.run))
      #expect(try await bench.step(of: report.run) == .terminating)
      #expect(try await bench.status(of: report.run, after: 600) == .ended(.succeeded))
    }
  }

  @Test func `a cancel whose answer is lost is sent again, which hits no later job`() async throws {
    for fault in [Fault.dropAfter, .dropBefore, .page, .status(502, isDone: true), .duplicate] {
      try await withBench { bench in
        let order = bench.order()
        try await bench.start(order)
        bench.pass(30)
        bench.faults.add(cancelJob, fault)
        try await bench.engine.stop(bench.cancel(order.run))
        #expect(try await bench.step(of: order.run) == .terminating, "\(fault)")
        bench.pass(30)
        bench.dialect.begin(17)
        try await bench.engine.stop(bench.cancel(order.run))
        #expect(bench.jobs().map(\.status) == ["CANCELLED", "IN_PROGRESS"], "\(fault)")
      }
    }
  }

  @Test func `a cancel that nobody answers is uncertain, and sent again once it shows that the job goes on`()
    async throws
  {
    try await withBench { bench in
      let order = bench.order()
      try await bench.start(order)
      bench.pass(30)
      bench.faults.add(cancelJob, .dropBefore, times: 4)
      let error = await #expect(throws: EngineError.self) { try await bench.engine.stop(bench.cancel(order.run)) }
      #expect(error?.retryability == .uncertain)
      #expect(try await bench.status(of: order.run) == .active(.extract))
      try await bench.engine.stop(bench.cancel(order.run))
      #expect(try await bench.step(of: order.run) == .terminating)
    }
  }

  @Test func `a run that ended by itself before the cancel reached it succeeded`() async throws {
    try await withBench { bench in
      let order = bench.order()
      try await bench.start(order)
      #expect(try await bench.status(of: order.run, after: 30) == .active(.extract))
      bench.pass(600)
      try await bench.engine.stop(bench.cancel(order.run))
      #expect(try await bench.status(of: order.run) == .ended(.succeeded))
    }
  }

  @Test func `a run whose job is not listed yet is cancelled as soon as it is`() async throws {
    try await withBench { bench in
      let order = bench.order()
      try await bench.start(order)
      let early = await #expect(throws: EngineError.self) { try await bench.engine.stop(bench.cancel(order.run)) }
      #expect(early?.retryability == .retryable)
      bench.pass(15)
      try await bench.engine.stop(bench.cancel(order.run))
      #expect(try await bench.step(of: order.run) == .terminating)
    }
  }

  @Test func `a job that somebody cancels in Hevo is cancelled`() async throws {
    try await withBench { bench in
      let order = bench.order()
      try await bench.start(order)
      bench.pass(30)
      bench.dialect.cancelJob(17)
      #expect(try await bench.step(of: order.run) == .terminating)
      #expect(try await bench.status(of: order.run, after: 30) == .ended(.cancelled))
    }
  }

  @Test func `an unknown run and a complete are told as what they are`() async throws {
    try await withBench { bench in
      let order = bench.order()
      let unknown = await #expect(throws: EngineError.self) { try await bench.engine.stop(bench.cancel(order.run)) }
      #expect(unknown?.code == .runUnknown)
      try await bench.start(order)
      let complete = StopOrder(run: order.run, kind: .complete, request: "end")
      let wrong = await #expect(throws: EngineError.self) { try await bench.engine.stop(complete) }
      #expect(wrong?.code == .wrongStage)
    }
  }
}

extension RunReport {
  /// Records by stream.
  fileprivate var loaded: [String: Int64] {
    Dictionary(streams.map { ($0.name, $0.records ?? -1) }, uniquingKeysWith: { first, _ in first })
  }
}
