import ContractServers
import EngineAPI
import EngineHTTP
import PipelineModel
import Testing

@testable import StitchEngine

/// Starting a job at Stitch: one order, one job, whatever becomes of the answers.
@Suite struct StartTests {
  private func error(_ body: () async throws -> Void) async -> EngineError? {
    do {
      try await body()
      return nil
    } catch {
      return error as? EngineError
    }
  }

  @Test func `a run is under way from its receipt on, and over when its loads are`() async throws {
    try await withBench { bench in
      let order = bench.order()
      try await bench.start(order)
      #expect(try await bench.status(of: order) == .active(.extract))
      #expect(try await bench.status(of: order, after: 300) == .active(.extract))
      #expect(try await bench.status(of: order, after: 310) == .active(.load))
      let report = try #require(try await bench.report(of: order, after: 60))
      #expect(report.status == .ended(.succeeded))
      #expect(report.conditions == [])
      #expect(report.stages.map(\.stage) == [.extract, .load])
      let last = try #require(bench.dialect.source(4711)?.last)
      #expect(report.startedAt == last.startedAt)
      #expect(report.stages.first?.endedAt == last.completedAt)
    }
  }

  @Test func `the same order starts one job, however often it comes`() async throws {
    try await withBench { bench in
      let order = bench.order()
      for _ in 1...3 { try await bench.start(order) }
      try await bench.otherEngine().start(order, from: StartBasis())
      #expect(bench.calls.count("POST /v4/sources/*/sync") == 1)
    }
  }

  @Test func `a start whose answer is lost after it took effect yields one run`() async throws {
    for fault in [Fault.dropAfter, .page, .truncated, .status(502, isDone: true), .cutOff] {
      try await withBench { bench in
        let order = bench.order()
        bench.faults.add("POST /v4/sources/*/sync", fault)
        #expect(await error { try await bench.start(order) }?.retryability == .uncertain)
        #expect(try await bench.status(of: order) == nil)
        try await bench.start(order)
        #expect(try await bench.status(of: order) == .active(.extract))
        #expect(try await bench.status(of: order, after: 700) != nil)
        #expect(try await bench.status(of: order, after: 100) == .ended(.succeeded))
        #expect(bench.dialect.source(4711)?.last?.jobName.hasSuffix("000000000001") == true)
        #expect(bench.dialect.source(4711)?.job == nil)
        #expect(bench.calls.count("POST /v4/sources/*/sync") == 2)
      }
    }
  }

  @Test func `a start that never arrived is sent once more`() async throws {
    for fault in [Fault.dropBefore, .status(500, isDone: false)] {
      try await withBench { bench in
        let order = bench.order()
        bench.faults.add("POST /v4/sources/*/sync", fault)
        #expect(await error { try await bench.start(order) }?.retryability == .uncertain)
        bench.clock.advance(by: TimeSpan(seconds: 5))
        try await bench.start(order)
        #expect(try await bench.status(of: order) == .active(.extract))
      }
    }
  }

  @Test func `a lost start whose job has ended already is found, not repeated`() async throws {
    try await withBench([shop { $0.jobTakes = TimeSpan(seconds: 3) }]) { bench in
      let order = bench.order()
      bench.faults.add("POST /v4/sources/*/sync", .dropAfter)
      #expect(await error { try await bench.start(order) }?.retryability == .uncertain)
      bench.clock.advance(by: TimeSpan(seconds: 20))
      try await bench.start(order)
      #expect(bench.calls.count("POST /v4/sources/*/sync") == 1)
      #expect(try await bench.status(of: order, after: 30) == .active(.load))
      #expect(try await bench.status(of: order, after: 60) == .ended(.succeeded))
    }
  }

  @Test func `after a minute a lost start is settled by an extraction that began since, and by nothing else`()
    async throws
  {
    try await withBench { bench in
      let order = bench.order()
      bench.dialect.begin(4711)
      bench.clock.advance(by: TimeSpan(seconds: 3600))
      bench.faults.add("POST /v4/sources/*/sync", .dropBefore)
      #expect(await error { try await bench.start(order) }?.retryability == .uncertain)
      bench.clock.advance(by: TimeSpan(seconds: 61))
      #expect(await error { try await bench.start(order) }?.retryability == .uncertain)
      #expect(bench.calls.count("POST /v4/sources/*/sync") == 1)
      // The extraction of an hour ago says nothing.
      let unreadable = try await bench.unreadable()
      #expect(unreadable.map(\.run) == [order.run])
      bench.clock.advance(by: TimeSpan(seconds: 3600))
      #expect(try await bench.unreadable().map(\.run) == [order.run])
      bench.dialect.begin(4711)
      #expect(try await bench.status(of: order, after: 601) == .active(.load))
      #expect(try await bench.status(of: order, after: 101) == .ended(.succeeded))
    }
  }

  @Test func `two starts whose answers are lost are not followed by a third`() async throws {
    try await withBench { bench in
      let order = bench.order()
      bench.faults.add("POST /v4/sources/*/sync", .dropBefore, times: 2)
      for _ in 1...4 { #expect(await error { try await bench.start(order) }?.retryability == .uncertain) }
      #expect(bench.calls.count("POST /v4/sources/*/sync") == 2)
      let unreadable = try await bench.unreadable()
      #expect(unreadable.first?.reason.contains("answer was lost") == true)
    }
  }

  @Test func `a job that somebody else started is a conflict, stays theirs, and is followed to its end`() async throws {
    try await withBench { bench in
      let order = bench.order()
      bench.dialect.begin(4711)
      let conflict = await error { try await bench.start(order) }
      let theirs = bench.order(2)
      #expect(conflict?.code == .alreadyRunning(theirs.run))
      #expect(conflict?.retryability == .terminal)
      #expect(try await bench.status(of: order) == nil)
      let report = try await bench.report(of: theirs)
      #expect(report?.status == .active(.extract))
      #expect(report?.order?.trigger == .external)
      // Until it is over nobody asks again.
      #expect(await error { try await bench.start(bench.order(3)) }?.code == .alreadyRunning(theirs.run))
      #expect(bench.calls.count("POST /v4/sources/*/sync") == 1)
      #expect(try await bench.status(of: theirs, after: 610) == .active(.load))
      #expect(try await bench.status(of: theirs, after: 60) == .ended(.succeeded))
      try await bench.start(bench.order(3))
    }
  }

  @Test func `a lost start is not sent again while nothing can be read`() async throws {
    try await withBench([shop { $0.jobTakes = TimeSpan(seconds: 3) }]) { bench in
      let order = bench.order()
      bench.faults.add("POST /v4/sources/*/sync", .dropAfter)
      #expect(await error { try await bench.start(order) }?.retryability == .uncertain)
      bench.clock.advance(by: TimeSpan(seconds: 10))
      bench.faults.add("GET /v4/90001/extractions", .status(503, isDone: false))
      #expect(await error { try await bench.start(order) }?.retryability == .uncertain)
      #expect(bench.calls.count("POST /v4/sources/*/sync") == 1)
      try await bench.start(order)
      #expect(bench.calls.count("POST /v4/sources/*/sync") == 1)
      #expect(try await bench.status(of: order, after: 100) != nil)
    }
  }

  @Test func `only one job of a source at a time`() async throws {
    try await withBench { bench in
      let first = bench.order(1)
      try await bench.start(first)
      #expect(await error { try await bench.start(bench.order(2)) }?.code == .alreadyRunning(first.run))
      #expect(bench.calls.count("POST /v4/sources/*/sync") == 1)
    }
  }

  @Test func `a manual start works while the source is paused, and leaves the pause`() async throws {
    let pausedAt = Timestamp(seconds: 1_789_000_000)
    try await withBench([shop { $0.pausedAt = pausedAt }]) { bench in
      let order = bench.order()
      try await bench.start(order)
      #expect(try await bench.status(of: order, after: 30) == .active(.extract))
      #expect(bench.dialect.source(4711)?.pausedAt == pausedAt)
    }
  }

  @Test func `what Stitch refuses is refused in its words, and nothing of it is kept`() async throws {
    let cases: [(StitchSourceState, String, String)] = [
      (shop { $0.deletedAt = Timestamp(seconds: 1) }, "4711", "is deleted in Stitch"),
      (shop { $0.isSingerPowered = false }, "4711", "does not support replication on demand"),
      (shop(), "9", "There is no source with this id"), (shop(), "shop", "the number of its source"),
    ]
    for (source, id, words) in cases {
      try await withBench([source]) { bench in
        let refusal = await error { try await bench.start(bench.order(source: id)) }
        #expect(refusal?.retryability == .terminal)
        #expect(refusal?.message.contains(words) == true, "\(String(describing: refusal?.message))")
        let kept = try bench.engine.receipts.all()
        #expect(kept == [])
      }
    }
  }

  @Test func `credentials that are not accepted consume nothing`() async throws {
    try await withBench { bench in
      bench.faults.add("POST /v4/sources/*/sync", .status(401, isDone: false))
      #expect(await error { try await bench.start(bench.order()) }?.retryability == .retryable)
      #expect(try bench.engine.receipts.all() == [])
      try await bench.start(bench.order())
    }
  }

  @Test func `a job that ends badly fails its run with the part that failed`() async throws {
    let exits = StitchExits(discovery: 0, tap: 1, target: 0, description: "401 from the shop")
    try await withBench([shop { $0.jobEnds = exits }]) { bench in
      let order = bench.order()
      try await bench.start(order)
      guard case .ended(.failed(let failure))? = try await bench.status(of: order, after: 601) else {
        throw Bench.Unavailable()
      }
      #expect(failure.code == .tapFailed)
      #expect(failure.message.contains("401 from the shop"))
    }
  }

  @Test func `a load that is not seen is said to be unconfirmed`() async throws {
    try await withBench([shop { $0.loadTakes = nil }]) { bench in
      let order = bench.order()
      try await bench.start(order)
      #expect(try await bench.status(of: order, after: 601) == .active(.load))
      let report = try #require(try await bench.report(of: order, after: 1800))
      #expect(report.status == .ended(.succeeded))
      #expect(report.conditions == [.loadUnconfirmed])
    }
  }

  /// A stream whose load of the run's own batches goes wrong.
  private func failLoad(of name: String, _ bench: Bench) {
    let now = bench.clock.now()
    bench.dialect.change(4711) { source in
      for index in source.streams.indices where source.streams[index].name == name {
        source.streams[index].loadError = true
        source.streams[index].lastLoad = now
      }
    }
  }

  @Test func `a load that fails fails its run`() async throws {
    try await withBench { bench in
      let order = bench.order()
      try await bench.start(order)
      bench.clock.advance(by: TimeSpan(seconds: 300))
      failLoad(of: "orders", bench)
      #expect(try await bench.status(of: order, after: 301) == .active(.load))
      guard case .ended(.failed(let failure))? = try await bench.status(of: order, after: 1800) else {
        throw Bench.Unavailable()
      }
      #expect(failure.message.contains("`orders`"))
    }
  }

  @Test func `an error of a stream that is not loaded any more fails no run, and is told`() async throws {
    let old = StitchStreamState(id: 2, name: "old_orders", isSelected: false)
    try await withBench([shop { $0.streams.append(old) }]) { bench in
      failLoad(of: "old_orders", bench)
      bench.clock.advance(by: TimeSpan(seconds: 86_400))
      let order = bench.order()
      try await bench.start(order)
      #expect(try await bench.status(of: order, after: 601) == .active(.load))
      let report = try #require(try await bench.report(of: order, after: 100))
      #expect(report.status == .ended(.succeeded))
      #expect(report.conditions == [.loadUnconfirmed])
    }
  }

  @Test func `how a job ended that has no exit codes is in what Stitch says of it`() {
    func outcome(_ codes: [Int?], _ words: String?, isStopped: Bool = false) -> RunOutcome {
      let parts = codes.map { StitchExtraction.Part(exit: $0, description: $0 == nil ? words : nil) }
      return StitchExtraction(
        jobName: "job", sourceID: 1, startedAt: Timestamp(seconds: 1), completedAt: Timestamp(seconds: 2),
        discovery: parts[0], tap: parts[1], target: parts[2]
      ).outcome(afterStop: isStopped)
    }
    #expect(outcome([0, 0, 0], nil) == .succeeded)
    #expect(outcome([nil, nil, nil], "Terminated") == .cancelled)
    #expect(outcome([0, nil, nil], "terminated by user") == .cancelled)
    #expect(outcome([nil, nil, nil], nil, isStopped: true) == .cancelled)
    #expect(outcome([nil, 0, 0], nil) == .succeeded, "there was nothing to discover")
    #expect(
      outcome([nil, 1, nil], "Terminated") == .failed(Failure(.tapFailed, "the tap of Stitch's job job ended with 1")))
    for isStopped in [false, true] {
      guard case .failed(let failure) = outcome([0, nil, 0], "Timed out after 23.5 h", isStopped: isStopped) else {
        Issue.record("a job that timed out was not cancelled")
        continue
      }
      #expect(failure.code == .engineFailed && failure.message.contains("Timed out after 23.5 h"))
    }
    #expect(outcome([nil, nil, nil], nil).isGood == false)
    #expect(outcome([nil, nil, nil], nil) != .cancelled, "nobody has seen it cancelled")
  }

  @Test func `a run whose job never shows is lost a day later, and another one can be started`() async throws {
    try await withBench { bench in
      let order = bench.order()
      try await bench.start(order)
      bench.dialect.loseJob(4711)
      #expect(try await bench.status(of: order, after: 86_400) == .active(.extract))
      #expect(try await bench.status(of: order, after: 3601) == .ended(.lost))
      try await bench.start(bench.order(2))
      #expect(try await bench.status(of: bench.order(2)) == .active(.extract))
    }
  }

  @Test func `a lost start of which nothing is ever seen is lost a day later`() async throws {
    try await withBench { bench in
      let order = bench.order()
      bench.faults.add("POST /v4/sources/*/sync", .dropBefore)
      #expect(await error { try await bench.start(order) }?.retryability == .uncertain)
      bench.clock.advance(by: TimeSpan(seconds: 86_400))
      #expect(try await bench.unreadable().map(\.run) == [order.run])
      #expect(try await bench.status(of: order, after: 3601) == .ended(.lost))
      try await bench.start(order)
      #expect(bench.calls.count("POST /v4/sources/*/sync") == 1)
    }
  }

  @Test func `a second start is sent once, and only right after a look`() async throws {
    try await withBench { bench in
      let order = bench.order()
      bench.faults.add("POST /v4/sources/*/sync", .dropBefore)
      bench.faults.add("POST /v4/sources/*/sync", .tooMany(retryAfter: TimeSpan(seconds: 15)))
      #expect(await error { try await bench.start(order) }?.retryability == .uncertain)
      #expect(await error { try await bench.start(order) }?.retryability == .uncertain)
      #expect(bench.calls.count("POST /v4/sources/*/sync") == 2)
      #expect(bench.calls.lines.suffix(2) == ["GET /v4/90001/extractions", "POST /v4/sources/4711/sync"])
      try await bench.start(order)
      #expect(try await bench.status(of: order) == .active(.extract))
    }
  }

  @Test func `a run that a later job hides is lost, never invented`() async throws {
    try await withBench { bench in
      let order = bench.order()
      try await bench.start(order)
      bench.clock.advance(by: TimeSpan(seconds: 650))
      bench.dialect.begin(4711)
      #expect(try await bench.status(of: order, after: 700) == .ended(.lost))
    }
  }

  @Test func `a job of somebody else that a later job hides is lost, and takes nobody else's end`() async throws {
    try await withBench { bench in
      bench.dialect.begin(4711)
      _ = await error { try await bench.start(bench.order()) }
      let theirs = bench.order(2)
      let seen = try await bench.status(of: theirs)
      #expect(seen == .active(.extract))
      bench.clock.advance(by: TimeSpan(seconds: 3600))
      bench.dialect.begin(4711)
      let end = try await bench.status(of: theirs, after: 700)
      #expect(end == .ended(.lost))
    }
  }

  @Test func `a retired run is reported no more, and starts no more`() async throws {
    try await withBench { bench in
      let order = bench.order()
      try await bench.start(order)
      try await bench.engine.retire(order.run)
      #expect(try await bench.status(of: order) == .active(.extract))
      #expect(try await bench.status(of: order, after: 700) == .ended(.succeeded))
      try await bench.engine.retire(order.run)
      #expect(try await bench.status(of: order) == nil)
      #expect(await error { try await bench.start(order) }?.code == .refused)
      #expect(await bench.engine.discard([order.run]).gone == [order.run])
      #expect(try bench.engine.receipts.all() == [])
    }
  }
}
