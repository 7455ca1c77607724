import ContractServers
import EngineAPI
import PipelineModel
import Testing

@testable import StitchEngine

/// What looking costs, and what it tells.
@Suite struct ObservationTests {
  /// Sources whose streams have all been loaded some time ago.
  private func sources(_ count: Int, streams: Int) -> [StitchSourceState] {
    (1...count).map { id in
      shop(id) { source in
        source.streams = (1...streams).map { number in
          var stream = StitchStreamState(id: number, name: "stream_\(number)")
          stream.lastLoad = Timestamp(seconds: 1_789_000_000)
          return stream
        }
      }
    }
  }

  @Test func `a thousand sources with nothing under way are one call`() async throws {
    try await withBench((1...1000).map { shop($0) }) { bench in
      guard case .complete(let first, _, let runs, _) = await bench.engine.observe() else { throw Bench.Unavailable() }
      #expect(runs == [])
      #expect(bench.calls.lines == ["GET /v4/sources"])
      guard case .complete(let second, _, _, _) = await bench.engine.observe() else { throw Bench.Unavailable() }
      #expect(first == second)
    }
  }

  @Test func `one run among a thousand sources costs one page of each list more`() async throws {
    let sources = (1...1000).map { id in shop(id) { $0.jobTakes = TimeSpan(seconds: 10) } }
    try await withBench(sources) { bench in
      for id in 1...1000 { bench.dialect.begin(id) }
      bench.clock.advance(by: TimeSpan(seconds: 3600))
      let order = bench.order(source: "550")
      try await bench.start(order)
      bench.clock.advance(by: TimeSpan(seconds: 5))
      bench.calls.clear()
      #expect(try await bench.status(of: order) == .active(.extract))
      #expect(bench.calls.lines == ["GET /v4/sources", "GET /v4/90001/extractions"])
    }
  }

  @Test func `the page of a source is found where few sources have ever run`() async throws {
    try await withBench((1...400).map { shop($0) }) { bench in
      for id in stride(from: 3, through: 303, by: 100) { bench.dialect.begin(id) }
      bench.clock.advance(by: TimeSpan(seconds: 3600))
      let order = bench.order(source: "390")
      try await bench.start(order)
      #expect(try await bench.status(of: order, after: 60) == .active(.extract))
      #expect(try await bench.status(of: order, after: 545) == .active(.load))
    }
  }

  @Test func `an hour of looking every ten seconds stays inside what Stitch allows`() async throws {
    let sources = (1...120).map { id in shop(id) { $0.jobTakes = TimeSpan(seconds: 1800) } }
    try await withBench(sources) { bench in
      let orders = ["7", "60", "119"].map { bench.order(source: $0) }
      for order in orders { try await bench.start(order) }
      var ends: [RunStatus?] = []
      for _ in 1...360 {
        guard case .complete(_, _, let runs, _) = await bench.engine.observe() else { throw Bench.Unavailable() }
        ends = runs.map(\.status)
        bench.clock.advance(by: TimeSpan(seconds: 10))
      }
      #expect(ends == Array(repeating: .ended(.succeeded), count: 3))
      #expect(bench.calls.count("POST /v4/sources/*/sync") == 3)
    }
  }

  @Test func `processes that share a state folder share what Stitch allows`() async throws {
    try await withBench([shop { $0.jobTakes = TimeSpan(seconds: 90_000) }]) { bench in
      try await bench.start(bench.order())
      let engines = [bench.engine, bench.otherEngine(), bench.otherEngine()]
      for _ in 1...100 {
        for engine in engines { _ = await engine.observe() }
        bench.clock.advance(by: TimeSpan(seconds: 7))
      }
      #expect(bench.calls.count("GET /v4/90001/extractions") <= 30)
      // What is kept for them serves a stop at any time.
      try await bench.engine.stop(bench.cancel(bench.order()))
    }
  }

  @Test func `a list that fails is asked for once each time that it is counted`() async throws {
    try await withBench([shop { $0.jobTakes = TimeSpan(seconds: 300) }]) { bench in
      let order = bench.order()
      try await bench.start(order)
      bench.faults.add("GET /v4/90001/extractions", .status(502, isDone: false), times: 999)
      for _ in 1...60 {
        _ = await bench.engine.observe()
        _ = try? await bench.otherEngine().stop(bench.cancel(order))
        bench.clock.advance(by: TimeSpan(seconds: 9))
      }
      let calls = bench.calls.count("GET /v4/90001/extractions")
      #expect((20...30).contains(calls), "\(calls)")
    }
  }

  @Test func `on an account with thousands of streams a run is seen to be loaded, inside what Stitch allows`()
    async throws
  {
    try await withBench(sources(250, streams: 20)) { bench in
      let order = bench.order(source: "249")
      try await bench.start(order)
      bench.clock.advance(by: TimeSpan(seconds: 600))
      var report: RunReport?
      for _ in 1...40 where report?.status.isEnded != true {
        // A look goes on where another process has ended.
        guard case .complete(_, _, let runs, _) = await bench.otherEngine().observe() else { throw Bench.Unavailable() }
        report = runs.first { $0.run == order.run }
        bench.clock.advance(by: TimeSpan(seconds: 60))
      }
      #expect(report?.status == .ended(.succeeded))
      #expect(report?.conditions == [])
      #expect(
        (50...52).contains(bench.calls.count("GET /v4/90001/loads")),
        "each page once, and once more where something was missing")
    }
  }

  @Test func `the loads of several runs are found with the same calls`() async throws {
    try await withBench(sources(100, streams: 20)) { bench in
      let orders = ["3", "51", "99"].map { bench.order(source: $0) }
      for order in orders { try await bench.start(order) }
      bench.clock.advance(by: TimeSpan(seconds: 660))
      var ends: [RunStatus] = []
      for _ in 1...30 where !ends.allSatisfy(\.isEnded) || ends.isEmpty {
        guard case .complete(_, _, let runs, _) = await bench.engine.observe() else { throw Bench.Unavailable() }
        ends = runs.map(\.status)
        bench.clock.advance(by: TimeSpan(seconds: 60))
      }
      #expect(ends == Array(repeating: .ended(.succeeded), count: 3))
      #expect(bench.calls.count("GET /v4/90001/loads") == 20)
    }
  }

  @Test func `whoever only reads spends nothing and records nothing`() async throws {
    try await withBench { bench in
      let order = bench.order()
      try await bench.start(order)
      let before = bench.memory.documents(of: "stitch-eu")
      bench.clock.advance(by: TimeSpan(seconds: 900))
      bench.calls.clear()
      guard case .complete(_, _, let runs, _) = await bench.otherEngine(isReadOnly: true).observe() else {
        throw Bench.Unavailable()
      }
      #expect(runs.map(\.status) == [.active(.extract)])
      #expect(bench.calls.lines == ["GET /v4/sources"])
      #expect(bench.memory.documents(of: "stitch-eu") == before)
    }
  }

  @Test func `a service that does not answer is unavailable, and says why`() async throws {
    for (fault, words) in [
      (Fault.status(503, isDone: false), "answered 503"), (.page, "which is no answer of this service"),
      (.truncated, "not all of it"), (.status(401, isDone: false), "credentials"),
      (.dropBefore, "closed the connection"),
    ] {
      try await withBench { bench in
        bench.faults.add("GET /v4/sources", fault, times: 9)
        guard case .unavailable(let reason, _) = await bench.engine.observe() else { throw Bench.Unavailable() }
        #expect(reason.contains(words), "\(reason)")
        #expect(!reason.contains("stitch-token"))
      }
    }
  }

  @Test func `a list that cannot be read leaves runs as they were`() async throws {
    try await withBench { bench in
      let order = bench.order()
      try await bench.start(order)
      bench.faults.add("GET /v4/90001/extractions", .page, times: 99)
      #expect(try await bench.status(of: order, after: 3600) == .active(.extract))
    }
  }

  @Test func `a service whose clock is ahead is understood by its own clock`() async throws {
    try await withBench([shop { $0.jobTakes = TimeSpan(seconds: 3) }]) { bench in
      let slow = ManualClock(at: bench.clock.now() - TimeSpan(seconds: 7200))
      let engine = StitchEngine(
        name: "stitch-eu", caller: bench.caller, pacing: BenchPacing(clock: slow), memory: bench.memory)
      bench.dialect.begin(4711)
      bench.clock.advance(by: TimeSpan(seconds: 60))
      bench.faults.add("POST /v4/sources/*/sync", .dropBefore)
      await #expect(throws: EngineError.self) { try await engine.start(bench.order(), from: StartBasis()) }
      // The job of a minute ago is not taken for the one that was asked for.
      try await engine.start(bench.order(), from: StartBasis())
      #expect(bench.calls.count("POST /v4/sources/*/sync") == 2)
    }
  }
}
