import ContractServers
import EngineAPI
import PipelineModel
import Testing

@testable import StitchEngine

/// Jobs that pipectl did not start: of Stitch's own schedule, or somebody's click.
@Suite struct ForeignJobTests {
  private func held(_ bench: Bench, after seconds: Int64 = 0) async -> HeldDefinition? {
    bench.clock.advance(by: TimeSpan(seconds: seconds))
    return await bench.engine.look().held.first
  }

  @Test func `a job of Stitch's own schedule is seen once it has ended`() async throws {
    try await withBench([shop { $0.firesSchedule = true }]) { bench in
      let first = await held(bench)
      #expect(first?.lastForeignRun == nil)
      let second = await held(bench, after: 3600 + 601)
      let last = try #require(bench.dialect.source(4711)?.last)
      #expect(second?.lastForeignRun?.id == last.jobName)
      #expect(second?.lastForeignRun?.outcome == .succeeded)
      #expect(second?.lastForeignRun?.startedAt == last.startedAt)
      #expect(second?.lastForeignRun?.endedAt == last.completedAt)
    }
  }

  @Test func `a job of our own is none of somebody else`() async throws {
    try await withBench { bench in
      let order = bench.order()
      _ = await held(bench)
      try await bench.start(order)
      let during = await held(bench, after: 601)
      let after = await held(bench, after: 3600)
      let retired = try await bench.status(of: order)
      #expect(retired == .ended(.succeeded))
      try await bench.engine.retire(order.run)
      let later = await held(bench, after: 3600)
      for definition in [during, after, later] { #expect(definition?.lastForeignRun == nil) }
    }
  }

  @Test func `a job that was found running is followed to its end, and can be cancelled`() async throws {
    for isCancelled in [false, true] {
      try await withBench { bench in
        let order = bench.order()
        bench.dialect.begin(4711)
        let conflict = await #expect(throws: EngineError.self) { try await bench.start(order) }
        let foreign = RunID(pipeline: order.run.pipeline, number: 2)
        #expect(conflict?.code == .alreadyRunning(foreign))
        guard case .complete(_, _, let runs, _) = await bench.engine.observe() else { throw Bench.Unavailable() }
        #expect(runs.map(\.run) == [foreign])
        #expect(runs.first?.status == .active(.extract))
        #expect(runs.first?.order?.trigger == .external)
        // The number is taken: it is no start of ours.
        var next = order
        next.run = foreign
        let taken = await #expect(throws: EngineError.self) { try await bench.start(next) }
        #expect(taken?.code == .alreadyRunning(foreign))
        if isCancelled {
          try await bench.engine.stop(StopOrder(run: foreign, kind: .cancel, request: "stop"))
        }
        let outcome = try await bench.status(of: next, after: 700)
        #expect(outcome == .active(.load) || outcome?.isEnded == true)
        let end = try await bench.status(of: next, after: 100)
        #expect(end == .ended(isCancelled ? .cancelled : .succeeded))
        #expect(bench.calls.count("POST /v4/sources/*/sync") == 1)
      }
    }
  }

  @Test func `a thousand sources are swept page by page, within what nothing else needs`() async throws {
    let sources = (1...1000).map { id in shop(id) { $0.jobTakes = TimeSpan(seconds: 10) } }
    try await withBench(sources) { bench in
      for id in 1...1000 { bench.dialect.begin(id) }
      var looks = 0
      var seen = 0
      while seen < 1000 {
        bench.clock.advance(by: TimeSpan(seconds: 15))
        seen = await bench.engine.look().held.count { $0.lastForeignRun != nil }
        looks += 1
        try #require(looks < 200)
      }
      #expect(bench.calls.count("GET /v4/90001/extractions") == 10)
      #expect(bench.calls.count("GET /v4/sources") == looks)
    }
  }
}
