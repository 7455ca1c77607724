import ContractServers
import EngineAPI
import EngineHTTP
import PipelineModel
import Testing

@testable import HevoEngine

/// What is seen of Hevo, and what is made of it.
@Suite struct ObservationTests {
  @Test func `jobs of the schedule and of Hevo itself are runs that somebody else started, once each`() async throws {
    let scheduled = shop {
      $0.firesSchedule = true
      $0.frequency = 60
    }
    try await withBench([scheduled]) { bench in
      bench.dialect.begin(17, type: "RESYNC")
      bench.pass(700)
      #expect(try await bench.runs(bench.record()) == [], "what was over before it was adopted concerns nobody")
      bench.pass(3 * 3600)
      bench.dialect.begin(17, type: "REFRESHER")
      bench.pass(30)
      let runs = try await bench.runs(bench.record(runs: 4))
      #expect(runs.map(\.run.number) == [5, 6, 7, 8])
      #expect(runs.prefix(3).map(\.status) == [.ended(.succeeded), .ended(.succeeded), .ended(.succeeded)])
      #expect(runs.last?.stages.map(\.stage) == [.discover])
      #expect(try await bench.runs(bench.record(runs: 8)) == runs, "nothing is numbered twice")
      for run in runs.dropLast() { try await bench.engine.retire(run.run) }
      _ = await bench.engine.discard(runs.dropLast().map(\.run))
      #expect(try await bench.runs(bench.record(runs: 8)).map(\.run) == runs.suffix(1).map(\.run))
    }
  }

  @Test func `a skipped job is no run`() async throws {
    let crowded = shop {
      $0.firesSchedule = true
      $0.frequency = 5
      $0.jobTakes = TimeSpan(seconds: 1000)
    }
    try await withBench([crowded]) { bench in
      _ = try await bench.runs(bench.record())
      bench.dialect.begin(17)
      bench.pass(800)
      #expect(bench.jobs().map(\.status).contains("SKIPPED"))
      #expect(try await bench.runs(bench.record()).count == 1)
    }
  }

  @Test func `an engine that only reads records nothing, and shows the same`() async throws {
    try await withBench { bench in
      bench.dialect.begin(17)
      bench.pass(30)
      let reader = bench.otherEngine(isReadOnly: true)
      for _ in 1...2 {
        guard case .complete(_, _, let runs, _) = await reader.look(at: [bench.record()]).observation else {
          throw Bench.Unavailable()
        }
        #expect(runs.map(\.run.number) == [1])
      }
      #expect(bench.memory.documents(of: "hevo-eu") == [])
    }
  }

  @Test func `a status that nobody knew holds its pipeline back until a later job shows that it is over`() async throws
  {
    try await withBench { bench in
      let order = bench.order()
      try await bench.start(order)
      bench.pass(30)
      bench.dialect.setLatestJob(17, status: "MEDITATING")
      let unreadable = try await bench.unreadable()
      #expect(unreadable.map(\.run) == [order.run])
      #expect(unreadable.first?.reason.contains("MEDITATING") == true)
      bench.dialect.begin(17)
      #expect(try await bench.status(of: order.run, after: 30) == .ended(.lost))
    }
  }

  @Test func `a deferred job goes on until a later one shows that it does not`() async throws {
    for status in ["DEFERRED", "DEFERRED_WITH_FAILURES"] {
      try await withBench { bench in
        let order = bench.order()
        try await bench.start(order)
        bench.pass(30)
        bench.dialect.setLatestJob(17, status: status)
        #expect(try await bench.status(of: order.run, after: 1800) == .active(.extract))
        bench.dialect.setLatestJob(17, status: "IN_PROGRESS")
        #expect(try await bench.status(of: order.run) == .active(.extract))
        bench.dialect.setLatestJob(17, status: status)
        guard case .ended(.failed(let failure))? = try await bench.status(of: order.run, after: 3600) else {
          Issue.record("it is still waited for")
          return
        }
        #expect(failure.message.contains("put off"))
      }
    }
  }

  @Test(arguments: ["DEFERRED", "DEFERRED_WITH_FAILURES", "MEDITATING", "PENDING"])
  func `a job of somebody else that never ends as it should does not make every look longer`(status: String)
    async throws
  {
    let scheduled = shop {
      ($0.firesSchedule, $0.frequency, $0.jobTakes) = (true, 5, TimeSpan(seconds: 60))
    }
    try await withBench([scheduled]) { bench in
      _ = try await bench.runs(bench.record())
      bench.pass(330)
      bench.dialect.setLatestJob(17, status: status)
      var pages: [Int] = []
      for round in 1...4 {
        bench.pass(18 * 3600)
        let last = try bench.engine.receipts.all().map(\.run.number).max() ?? 0
        for run in try await bench.runs(bench.record(runs: last)) where run.status.outcome != nil {
          try await bench.engine.retire(run.run)
          _ = await bench.engine.discard([run.run])
        }
        bench.pass(60)
        bench.calls.clear()
        _ = try await bench.runs(bench.record(runs: 1000 * round))
        pages.append(bench.calls.count("GET /api/v1/pipelines/17/jobs"))
      }
      #expect(bench.jobs().count > 800)
      #expect(pages == [1, 1, 1, 1])
      #expect(bench.memory.documents(of: "hevo-eu").filter { $0.key.hasPrefix("receipt/") }.count <= 1)
    }
  }

  @Test func `pages beyond the first count as calls too`() async throws {
    try await withBench(
      [shop { $0.jobTakes = TimeSpan(seconds: 1) }], habits: { $0.pageSize = 2 }
    ) { bench in
      _ = try await bench.runs(bench.record())
      for _ in 1...20 {
        bench.pass(30)
        bench.dialect.begin(17)
      }
      bench.pass(70)
      bench.calls.clear()
      _ = try await bench.runs(bench.record())
      let made = bench.calls.lines.count
      #expect(made > 10)
      let left = try bench.engine.budget.take(1000, at: bench.clock.now())
      #expect(left == HevoBudget.limit - made)
    }
  }

  @Test func `runs of a pipeline that somebody deletes come to an end`() async throws {
    for isListed in [false, true] {
      try await withBench([shop(17), shop(18)]) { bench in
        let (order, early) = (bench.order(), bench.order(1, pipeline: "18"))
        try await bench.start(order)
        #expect(try await bench.status(of: order.run, after: 30) == .active(.extract))
        try await bench.start(early)
        for id in [17, 18] {
          if isListed { bench.dialect.change(id) { $0.status = "DELETED" } } else { bench.dialect.delete(id) }
        }
        if isListed { bench.faults.add("GET /api/v1/pipelines/*/jobs", .status(404, isDone: false), times: 9) }
        #expect(try await bench.status(of: order.run) == .ended(.lost))
        #expect(try await bench.status(of: early.run) == .ended(.lost), "also one whose job was not listed yet")
        #expect(try await bench.unreadable() == [])
        try await bench.engine.stop(bench.cancel(order.run))
      }
    }
  }

  @Test func `jobs that are not found of a pipeline that is there leave its runs as they were`() async throws {
    try await withBench { bench in
      let order = bench.order()
      try await bench.start(order)
      #expect(try await bench.status(of: order.run, after: 30) == .active(.extract))
      bench.faults.add("GET /api/v1/pipelines/*/jobs", .status(404, isDone: false))
      #expect(try await bench.status(of: order.run) == .active(.extract))
    }
  }

  @Test func `ends are told as Hevo tells them`() async throws {
    let ends: [(String, String)] = [
      ("COMPLETED", "succeeded"), ("COMPLETED_WITH_FAILURES", "succeeded"), ("FAILED", "failed"),
    ]
    for (status, outcome) in ends {
      try await withBench([shop { $0.jobEnds = status }]) { bench in
        let order = bench.order()
        try await bench.start(order)
        let report = try #require(try await bench.report(of: order.run, after: 700))
        #expect(report.status.outcome?.word == outcome)
        #expect(report.conditions == (status == "COMPLETED_WITH_FAILURES" ? [.recordsFailed] : []))
      }
    }
  }

  @Test func `an hour without Hevo changes nothing, and ends are told late`() async throws {
    try await withBench { bench in
      let order = bench.order()
      try await bench.start(order)
      #expect(try await bench.status(of: order.run, after: 30) == .active(.extract))
      bench.faults.add("GET /api/v1/pipelines", .status(503, isDone: false), times: 4)
      guard case .unavailable(let reason, _) = await bench.engine.observe() else {
        Issue.record("it was read")
        return
      }
      #expect(reason.contains("503"))
      #expect(!reason.contains("hevo-secret"))
      #expect(try await bench.status(of: order.run, after: 3600) == .ended(.succeeded))
    }
  }

  @Test func `jobs that cannot be read now leave their runs as they were`() async throws {
    try await withBench { bench in
      let order = bench.order()
      try await bench.start(order)
      #expect(try await bench.status(of: order.run, after: 30) == .active(.extract))
      bench.faults.add("GET /api/v1/pipelines/*/jobs", .truncated, times: 4)
      #expect(try await bench.status(of: order.run, after: 700) == .active(.extract))
      #expect(try await bench.status(of: order.run) == .ended(.succeeded))
    }
  }

  @Test func `pages are followed, in whatever order they come`() async throws {
    for isNewestFirst in [true, false] {
      let pipelines = (1...7).map { id in shop(id) { $0.jobTakes = TimeSpan(seconds: 20) } }
      try await withBench(
        pipelines,
        habits: {
          $0.pageSize = 3
          $0.isNewestFirst = isNewestFirst
        }
      ) { bench in
        for _ in 1...8 {
          bench.dialect.begin(5)
          bench.pass(60)
        }
        let order = bench.order(1, pipeline: "5")
        try await bench.start(order)
        #expect(try await bench.status(of: order.run, after: 15) == .active(.extract))
        #expect(await bench.engine.look().held.map(\.id) == ["1", "2", "3", "4", "5", "6", "7"])
        #expect(try await bench.status(of: order.run, after: 60) == .ended(.succeeded))
      }
    }
  }

  /// Law 5: answers that say the same in other words are the same.
  @Test func `answers with other fields, in another order, and without what says nothing are the same`() async throws {
    try await withBench([shop(17), shop(18) { $0.frequency = nil }, shop(19) { $0.status = "DISABLED" }]) { bench in
      let order = bench.order()
      try await bench.start(order)
      bench.pass(30)
      let plain = await bench.engine.look(at: [bench.record(), bench.record("18")])
      bench.dialect.change { $0.isSparse = true }
      bench.dialect.change {
        $0.isNewestFirst = false
        $0.pageSize = 1
      }
      let sparse = await bench.engine.look(at: [bench.record("18"), bench.record()])
      #expect(plain.held == sparse.held)
      #expect(plain.held.count == 3)
      #expect(plain == sparse)
    }
  }

  @Test func `more runs than a minute bears looks at are looked at in turn`() async throws {
    let busy = (1...70).map { id in shop(id) { $0.jobTakes = TimeSpan(seconds: 100_000) } }
    try await withBench(busy) { bench in
      for id in 1...70 {
        try await bench.start(bench.order(1, pipeline: String(id)))
        bench.pass(3)
      }
      for _ in 1...2 {
        bench.pass(70)
        _ = await bench.engine.look()
      }
      let unreadable = try await bench.unreadable()
      #expect(unreadable == [], "the job of each was found")
    }
  }

  @Test func `each call counts for a minute, whenever the first one was made`() async throws {
    try await withBench { bench in
      let budget = bench.engine.budget
      let start = Timestamp(seconds: 1_790_000_000)
      let taken = try [(30, 0), (30, 59), (60, 60), (60, 119)].map { wanted, second in
        try budget.take(wanted, at: start + TimeSpan(seconds: second))
      }
      #expect(taken == [30, 30, 30, 30])
    }
  }

  @Test func `looking costs the pages of pipelines, and the jobs of those where something runs or may run`()
    async throws
  {
    try await withBench((1...250).map { shop($0) }) { bench in
      let order = bench.order(1, pipeline: "7")
      try await bench.start(order)
      bench.pass(120)
      let records = (1...250).map { bench.record(String($0)) }
      bench.calls.clear()
      _ = await bench.engine.look(at: records)
      #expect(bench.calls.count("GET /api/v1/pipelines") == 3)
      #expect(bench.calls.count("GET /api/v1/pipelines/7/jobs") == 1)
      #expect(bench.calls.count("GET /api/v1/pipelines/*/jobs") == 21)
      // Others have their turn, and in a minute no more are read than Hevo may bear beside the pages.
      for _ in 1...6 { _ = await bench.engine.look(at: records) }
      #expect(bench.calls.count("GET /api/v1/pipelines/*/jobs") == 60 - 3 * 3)
    }
  }
}
