import ContractServers
import EngineAPI
import PipelineModel
import Testing

@testable import HevoEngine

/// Starting at Hevo, which answers without naming a job.
@Suite struct StartTests {
  @Test(arguments: [200, 204])
  func `a start is accepted, its job is the first one that is listed after it, and its end is Hevo's`(quiet: Int)
    async throws
  {
    try await withBench(habits: { $0.quietStatus = quiet }) { bench in
      bench.dialect.begin(17)
      bench.pass(1000)
      let order = bench.order()
      try await bench.start(order)
      #expect(try await bench.status(of: order.run) == .active(.extract))
      #expect(try await bench.status(of: order.run, after: 20) == .active(.extract))
      let report = try #require(try await bench.report(of: order.run, after: 600))
      #expect(report.status == .ended(.succeeded))
      #expect(report.endedAt == bench.jobs().last?.updatedAt)
      #expect(report.streams == [StreamReport(name: "public.orders", records: 1000, bytes: nil)])
      #expect(bench.jobs().count == 2)
    }
  }

  @Test func `a start that is asked for again is sent once`() async throws {
    try await withBench { bench in
      let order = bench.order()
      for _ in 1...3 { try await bench.start(order) }
      bench.pass(20)
      try await bench.otherEngine().start(order, from: StartBasis())
      #expect(bench.calls.count(syncNow) == 1)
    }
  }

  /// The faults that let a start take effect and keep its answer.
  @Test(arguments: [
    Fault.dropAfter, .page, .status(502, isDone: true), .status(500, isDone: true), .cutOff,
  ])
  func `a start whose answer is lost after it took effect yields one run`(fault: Fault) async throws {
    try await withBench { bench in
      let order = bench.order()
      bench.faults.add(syncNow, fault)
      try await bench.start(order)
      #expect(try await bench.status(of: order.run) == .active(.extract))
      try await bench.start(order)
      #expect(bench.calls.count(syncNow) == 1)
      #expect(bench.jobs().count == 1)
      #expect(try await bench.status(of: order.run, after: 700) == .ended(.succeeded))
    }
  }

  @Test func `a start that the list is slow to show is uncertain, and one run in the end`() async throws {
    try await withBench(habits: { $0.listingLag = TimeSpan(seconds: 45) }) { bench in
      let order = bench.order()
      bench.faults.add(syncNow, .dropAfter)
      let error = await #expect(throws: EngineError.self) { try await bench.start(order) }
      #expect(error?.retryability == .uncertain)
      let unreadable = try await bench.unreadable()
      #expect(unreadable.map(\.run) == [order.run])
      #expect(try await bench.status(of: order.run, after: 40) == .active(.extract))
      #expect(bench.jobs().count == 1)
    }
  }

  @Test func `a start that certainly did not arrive is sent once more, after a minute without a newer job`()
    async throws
  {
    try await withBench { bench in
      let order = bench.order()
      bench.faults.add(syncNow, .dropBefore)
      let error = await #expect(throws: EngineError.self) { try await bench.start(order) }
      #expect(error?.retryability == .uncertain)
      #expect(try await bench.unreadable().count == 1)
      let early = await #expect(throws: EngineError.self) { try await bench.start(order) }
      #expect(early?.retryability == .uncertain)
      #expect(bench.calls.count(syncNow) == 1)
      bench.pass(60)
      #expect(try await bench.unreadable() == [])
      #expect(try await bench.status(of: order.run) == nil, "silence lets it be asked for again")
      try await bench.start(order)
      #expect(bench.calls.count(syncNow) == 2)
      #expect(try await bench.status(of: order.run, after: 20) == .active(.extract))
      #expect(bench.jobs().count == 1)
    }
  }

  @Test func `after a second lost answer nothing is sent until a newer job shows`() async throws {
    try await withBench { bench in
      let order = bench.order()
      bench.faults.add(syncNow, .dropBefore, times: 9)
      _ = await #expect(throws: EngineError.self) { try await bench.start(order) }
      bench.pass(60)
      _ = await #expect(throws: EngineError.self) { try await bench.start(order) }
      bench.pass(3600)
      let unreadable = try await bench.unreadable()
      #expect(unreadable.map(\.run) == [order.run])
      _ = await #expect(throws: EngineError.self) { try await bench.start(order) }
      #expect(bench.calls.count(syncNow) == 2)
      bench.dialect.begin(17)
      #expect(try await bench.status(of: order.run, after: 20) == .active(.extract))
    }
  }

  @Test(arguments: [409, 500])
  func `only one job of a pipeline runs at a time, and one of somebody else is a conflict`(status: Int) async throws {
    try await withBench(habits: { $0.conflictStatus = status }) { bench in
      bench.dialect.begin(17)
      bench.pass(30)
      let order = bench.order()
      let error = await #expect(throws: EngineError.self) { try await bench.start(order) }
      let foreign = RunID(pipeline: order.run.pipeline, number: 2)
      #expect(error?.code == .alreadyRunning(foreign))
      #expect(bench.calls.count(syncNow) == 0, "what runs is seen before")
      let report = try #require(try await bench.report(of: foreign))
      #expect(report.order?.trigger == .external)
      #expect(report.status == .active(.extract))
    }
  }

  @Test(arguments: [409, 500])
  func `a job that is not listed yet stands in the way, and is told apart from ours`(status: Int) async throws {
    try await withBench(habits: { $0.conflictStatus = status }) { bench in
      bench.dialect.begin(17)
      bench.pass(4)
      let order = bench.order()
      let error = await #expect(throws: EngineError.self) { try await bench.start(order) }
      #expect(error?.code == .alreadyRunning(RunID(pipeline: order.run.pipeline, number: 2)))
      #expect(bench.calls.count(syncNow) == 1)
      #expect(bench.jobs().count == 1)
      #expect(try await bench.status(of: order.run) == nil)
      // When that job is over the same order starts one.
      bench.pass(700)
      try await bench.start(order)
      #expect(bench.jobs().count == 2)
    }
  }

  @Test(arguments: [409, 500], [0, 1, 2])
  func `a conflict on the only call is with somebody else's job, however young it is`(status: Int, age: Int64)
    async throws
  {
    try await withBench(habits: { $0.conflictStatus = status }) { bench in
      for drops in [false, true] {
        let order = bench.order(drops ? 3 : 1, mode: drops ? .historical : .incremental, drops: drops)
        bench.dialect.begin(17)
        bench.pass(age)
        let error = await #expect(throws: EngineError.self) { try await bench.start(order) }
        #expect(error?.code == .alreadyRunning(RunID(pipeline: order.run.pipeline, number: order.run.number + 1)))
        #expect(try await bench.status(of: order.run) == nil)
        bench.pass(700)
        _ = try await bench.runs()
      }
    }
  }

  @Test(arguments: ["REFRESHER", "RESYNC"])
  func `a job that Hevo began by itself and does not list yet is a conflict, and nothing of ours is left`(type: String)
    async throws
  {
    try await withBench { bench in
      bench.dialect.begin(17, type: type)
      bench.pass(4)
      let order = bench.order()
      let error = await #expect(throws: EngineError.self) { try await bench.start(order) }
      let foreign = RunID(pipeline: order.run.pipeline, number: 2)
      #expect(error?.code == .alreadyRunning(foreign))
      let runs = try await bench.runs()
      #expect(runs.map(\.run) == [foreign])
      let unreadable = try await bench.unreadable()
      #expect(unreadable == [])
      #expect(try await bench.status(of: foreign, after: 700) == .ended(.succeeded))
    }
  }

  @Test func `a conflict with a job that does not show at all leaves nothing behind`() async throws {
    try await withBench(habits: { $0.listingLag = TimeSpan(seconds: 300) }) { bench in
      bench.dialect.begin(17, type: "REFRESHER")
      let order = bench.order()
      let error = await #expect(throws: EngineError.self) { try await bench.start(order) }
      #expect(error?.code == .alreadyRunning(nil))
      let runs = try await bench.runs()
      let unreadable = try await bench.unreadable()
      #expect(runs == [])
      #expect(unreadable == [])
    }
  }

  @Test(arguments: [
    (RunMode.historical, true, "INCREMENTAL"), (.historical, true, "RESYNC_WITH_EVOLVE"),
    (.historical, true, "REFRESHER"),
    (.historical, false, "RESYNC_WITH_DROP_AND_LOAD"), (.incremental, false, "RESYNC"),
  ])
  func `a start of which nothing was heard is never found in a job of another kind`(
    mode: RunMode, drops: Bool, type: String
  ) async throws {
    try await withBench { bench in
      let order = bench.order(mode: mode, drops: drops)
      let call = mode == .historical ? resync : syncNow
      bench.faults.add(call, .dropBefore)
      let lost = await #expect(throws: EngineError.self) { try await bench.start(order) }
      #expect(lost?.retryability == .uncertain)
      bench.dialect.begin(17, type: type)
      #expect(try await bench.status(of: order.run, after: 60) == nil)
      let error = await #expect(throws: EngineError.self) { try await bench.start(order) }
      let foreign = RunID(pipeline: order.run.pipeline, number: 2)
      #expect(error?.code == .alreadyRunning(foreign))
      let runs = try await bench.runs()
      #expect(runs.map(\.run) == [foreign])
      #expect(bench.calls.count(call) == 1)
    }
  }

  @Test func `a history that was cut short and goes on under its old name is the run that was asked for`() async throws
  {
    try await withBench { bench in
      bench.dialect.begin(17, type: "RESYNC")
      bench.pass(30)
      bench.dialect.cancelJob(17)
      bench.pass(60)
      let order = bench.order()
      bench.faults.add(syncNow, .dropBefore)
      _ = await #expect(throws: EngineError.self) { try await bench.start(order) }
      bench.dialect.begin(17, type: "RESYNC")
      let status = try await bench.status(of: order.run, after: 20)
      #expect(status == .active(.extract))
    }
  }

  @Test func `a start that something on the way sends twice is a conflict with the one job that it began`() async throws
  {
    try await withBench { bench in
      let order = bench.order()
      bench.faults.add(syncNow, .duplicate)
      let error = await #expect(throws: EngineError.self) { try await bench.start(order) }
      let shown = RunID(pipeline: order.run.pipeline, number: 2)
      #expect(error?.code == .alreadyRunning(shown))
      #expect(bench.jobs().count == 1)
      let runs = try await bench.runs()
      #expect(runs.map(\.run) == [shown])
    }
  }

  @Test func `a job that was put off may still stand in the way, and then it is a conflict`() async throws {
    try await withBench { bench in
      bench.dialect.begin(17)
      bench.pass(20)
      bench.dialect.setLatestJob(17, status: "DEFERRED")
      bench.pass(20)
      let error = await #expect(throws: EngineError.self) { try await bench.start(bench.order()) }
      #expect(error?.code == .alreadyRunning(nil))
      #expect(error?.message.contains("DEFERRED") == true)
      let unreadable = try await bench.unreadable()
      #expect(unreadable == [])
    }
  }

  @Test func `a server error that is none of a conflict is never repeated blindly`() async throws {
    try await withBench { bench in
      bench.faults.add(syncNow, .status(503, isDone: false), times: 9)
      let error = await #expect(throws: EngineError.self) { try await bench.start(bench.order()) }
      #expect(error?.retryability == .uncertain)
      #expect(bench.calls.count(syncNow) == 1)
    }
  }

  @Test func `too many calls are waited out, which is safe since nothing was done`() async throws {
    try await withBench { bench in
      bench.faults.add(syncNow, .tooMany(retryAfter: TimeSpan(seconds: 7)), times: 2)
      try await bench.start(bench.order())
      #expect(bench.calls.count(syncNow) == 3)
      #expect(bench.jobs().count == 1)
    }
  }

  @Test func `a disabled pipeline starts nothing, and one on its way a moment later`() async throws {
    try await withBench { bench in
      bench.dialect.change(17) { $0.status = "DISABLED" }
      let disabled = await #expect(throws: EngineError.self) { try await bench.start(bench.order()) }
      #expect(disabled?.code == .refused)
      #expect(disabled?.message.contains("`paused: false` enables it") == true)
      for status in ["ENABLING", "DISABLING", "INITIALIZING", "RESTARTING"] {
        bench.dialect.change(17) { $0.status = status }
        let error = await #expect(throws: EngineError.self) { try await bench.start(bench.order()) }
        #expect(error?.retryability == .retryable, "\(status)")
      }
      #expect(bench.calls.count(syncNow) == 0)
      // A word that nobody knew: Hevo decides.
      bench.dialect.change(17) { $0.status = "HIBERNATING" }
      let refused = await #expect(throws: EngineError.self) { try await bench.start(bench.order()) }
      #expect(refused?.code == .refused)
      #expect(try await bench.status(of: bench.order().run) == nil)
      bench.dialect.change(17) { $0.status = "ENABLED" }
      try await bench.start(bench.order())
    }
  }

  @Test func `an unknown pipeline is told as what it is`() async throws {
    try await withBench { bench in
      let error = await #expect(throws: EngineError.self) { try await bench.start(bench.order(pipeline: "99")) }
      #expect(error?.code == .refused)
      #expect(error?.message.contains("404") == true)
    }
  }

  @Test func `the history is read again by a resync, which merges unless the destination is to be dropped`()
    async throws
  {
    try await withBench { bench in
      try await bench.start(bench.order(1, mode: .historical))
      #expect(bench.jobs().last?.type == "RESYNC")
      #expect(try await bench.status(of: bench.order(1).run, after: 700) == .ended(.succeeded))
      try await bench.start(bench.order(2, mode: .historical, drops: true))
      #expect(bench.jobs().last?.type == "RESYNC_WITH_DROP_AND_LOAD")
      #expect(bench.calls.count(syncNow) == 0)
      bench.pass(700)
      for mode in [RunMode.snapshot, .continuous] {
        let error = await #expect(throws: EngineError.self) { try await bench.start(bench.order(3, mode: mode)) }
        #expect(error?.code == .brokenInput)
      }
    }
  }

  @Test func `what was started is known after a crash at any point`() async throws {
    try await withBench { bench in
      let order = bench.order()
      try await bench.start(order)
      let other = bench.otherEngine()
      bench.pass(20)
      guard case .complete(_, _, let runs, _) = await other.observe() else { throw Bench.Unavailable() }
      #expect(runs.map(\.run) == [order.run])
      try await other.start(order, from: StartBasis())
      #expect(bench.calls.count(syncNow) == 1)
    }
  }
}
