import ContractServers
import EngineAPI
import EngineHTTP
import PipelineModel
import Testing

@testable import RelationalMigratorEngine

/// Starting a job at Relational Migrator: one order, one job, whatever becomes of the answers.
@Suite struct StartTests {
  @Test func `a run is under way from its receipt on, and over when its job is`() async throws {
    try await withBench { bench in
      let order = bench.order()
      let begin = bench.clock.now()
      try await bench.start(order)
      #expect(try await bench.status(of: order) == .active(.snapshot))
      #expect(try await bench.status(of: order, after: 599) == .active(.snapshot))
      let report = try #require(try await bench.report(of: order, after: 1))
      #expect(report.status == .ended(.succeeded))
      #expect(report.startedAt == begin)
      #expect(report.stages == [StageReport(stage: .snapshot, startedAt: begin, endedAt: bench.clock.now())])
      #expect(report.order == order)
    }
  }

  @Test func `a job gets what its manifest says, and nothing else`() async throws {
    try await withBench { bench in
      let order = bench.order(drops: true) { migration in
        migration.source.oraclePdbName = "SHOPPDB"
        migration.filters = [
          TableFilter(schema: "public", table: "orders", condition: "id > 10", rows: 1000),
          TableFilter(schema: "public", table: "customers", rows: 5),
          TableFilter(schema: "a", table: "b", condition: "x"),
        ]
        (migration.onError, migration.errorTolerance, migration.verifies) = (.skip, 7, true)
      }
      try await bench.start(order)
      let job = try #require(bench.jobs.first)
      #expect(
        job.options
          == ["mode": "SNAPSHOT", "dropCollections": true, "errorHandling": "SKIP", "errorTolerance": 7])
      #expect(
        job.filters
          == [
            "public": ["orders": ["whereClause": "id > 10", "rowCount": 1000], "customers": ["rowCount": 5]],
            "a": ["b": ["whereClause": "x"]],
          ])
      #expect(job.isVerificationRequested)
    }
  }

  @Test func `the same order makes one job, however often it comes`() async throws {
    try await withBench { bench in
      let order = bench.order()
      for _ in 1...3 { try await bench.start(order) }
      try await bench.otherEngine().start(order, from: StartBasis())
      #expect(bench.starts == 1)
    }
  }

  @Test func `a start whose answer is lost after it took effect yields one run`() async throws {
    let faults: [Fault] = [
      .dropAfter, .page, .truncated, .cutOff, .status(502, isDone: true), .status(500, isDone: true), .duplicate,
    ]
    for fault in faults {
      for hasOwnCodes in [true, false] {
        var habits = MigratorInstance.Habits()
        habits.hasOwnCodes = hasOwnCodes
        try await withBench(habits: habits) { bench in
          let order = bench.order()
          bench.faults.add(Bench.starts, fault)
          try await bench.start(order)
          try await bench.start(order)
          #expect(bench.starts == 1)
          #expect(bench.jobs.map(\.id) == ["job-1"])
          #expect(try await bench.status(of: order) == .active(.snapshot))
          #expect(try await bench.status(of: order, after: 600) == .ended(.succeeded))
        }
      }
    }
  }

  @Test func `a lost start is found later where the list could not be read either`() async throws {
    try await withBench { bench in
      let order = bench.order()
      bench.faults.add(Bench.lists, .delay(TimeSpan(seconds: 0)))
      bench.faults.add(Bench.starts, .dropAfter)
      bench.faults.add(Bench.lists, .status(503, isDone: false), times: 4)
      #expect(await error { try await bench.start(order) }?.retryability == .uncertain)
      let status = try await bench.status(of: order)
      #expect(status == .active(.snapshot))
      #expect(bench.starts == 1)
    }
  }

  @Test func `a start that never arrived is not sent again, and is lost when no job shows in time`() async throws {
    try await withBench { bench in
      let order = bench.order()
      bench.faults.add(Bench.starts, .dropBefore)
      #expect(await error { try await bench.start(order) }?.retryability == .uncertain)
      let unreadable = try await bench.unreadable(after: 500)
      #expect(unreadable.map(\.run) == [order.run])
      #expect(unreadable.first?.reason.contains("answer was lost") == true)
      #expect(await error { try await bench.start(order) }?.retryability == .uncertain)
      #expect(try await bench.status(of: order, after: 100) == .ended(.lost))
      try await bench.start(order)
      #expect(bench.starts == 1)
    }
  }

  @Test func `a lost start that takes effect late is that run's, also for its next attempt`() async throws {
    for isAnotherAttempt in [false, true] {
      try await withBench { bench in
        let order = bench.order()
        bench.faults.add(Bench.starts, .dropBefore)
        #expect(await error { try await bench.start(order) } != nil)
        if isAnotherAttempt { #expect(try await bench.status(of: order, after: 600) == .ended(.lost)) }
        bench.dialect.change { $0.begin(at: bench.clock.now()) }
        if isAnotherAttempt { try await bench.start(bench.order(attempt: 2)) }
        #expect(try await bench.status(of: order) == .active(.snapshot))
        #expect(bench.starts == 1)
      }
    }
  }

  @Test func `another attempt of a lost run makes a job of its own, once`() async throws {
    try await withBench { bench in
      bench.faults.add(Bench.starts, .dropBefore)
      #expect(await error { try await bench.start(bench.order()) } != nil)
      #expect(try await bench.status(of: bench.order(), after: 600) == .ended(.lost))
      let again = bench.order(attempt: 2)
      for _ in 1...2 { try await bench.start(again) }
      #expect(bench.starts == 2)
      let report = try await bench.report(of: again)
      #expect(report?.attempt == 2)
      #expect(report?.status == .active(.snapshot))
    }
  }

  @Test func `a job that somebody else started is a conflict, and stays theirs`() async throws {
    try await withBench { bench in
      bench.dialect.change { $0.begin(project: "other", at: bench.clock.now()) }
      let conflict = await error { try await bench.start(bench.order()) }
      #expect(conflict?.code == .alreadyRunning(nil))
      #expect(conflict?.message.contains("job-1 of project `other`") == true)
      #expect(bench.starts == 0)
      let status = try await bench.status(of: bench.order())
      #expect(status == nil)
      #expect(try bench.engine.receipts.all() == [])
    }
  }

  @Test func `a job with an unknown status stands in the way only as long as none was begun after it`() async throws {
    try await withBench { bench in
      bench.dialect.change { $0.begin(project: "other", at: bench.clock.now()) }
      bench.dialect.change { $0.editJob { $0.status = "ARCHIVED" } }
      #expect(await error { try await bench.start(bench.order()) }?.code == .alreadyRunning(nil))
      #expect(bench.starts == 0)
      bench.clock.advance(by: TimeSpan(seconds: 60))
      bench.dialect.change { $0.begin(project: "other", at: bench.clock.now()) }
      bench.clock.advance(by: TimeSpan(seconds: 600))
      try await bench.start(bench.order())
      #expect(try await bench.status(of: bench.order()) == .active(.snapshot))
      #expect(bench.jobs.map(\.status) == ["ARCHIVED", "COMPLETED", "RUNNING"])
    }
  }

  @Test func `one that slips in before the start is a conflict by either code`() async throws {
    for code in [470, 409] {
      try await withBench { bench in
        bench.faults.add(Bench.starts, .status(code, isDone: false))
        #expect(await error { try await bench.start(bench.order()) }?.code == .alreadyRunning(nil))
        let kept = try bench.engine.receipts.all()
        #expect(kept == [])
      }
    }
  }

  @Test func `only one job at a time, of whichever pipeline of the instance`() async throws {
    try await withBench { bench in
      let first = bench.order()
      try await bench.start(first)
      #expect(await error { try await bench.start(bench.order(2)) }?.code == .alreadyRunning(first.run))
      let other = bench.order(pipeline: "other")
      #expect(await error { try await bench.start(other) }?.code == .alreadyRunning(nil))
      #expect(bench.starts == 1)
      #expect(try await bench.status(of: first, after: 600) == .ended(.succeeded))
      try await bench.start(other)
      #expect(try await bench.status(of: other) == .active(.snapshot))
    }
  }

  @Test func `what is refused is refused in its words, and nothing of it is kept`() async throws {
    for hasOwnCodes in [true, false] {
      var habits = MigratorInstance.Habits()
      habits.hasOwnCodes = hasOwnCodes
      try await withBench(habits: habits) { bench in
        let orders = [
          (bench.order { $0.project = "nowhere" }, "Project not found"),
          (bench.order { $0.destination = .environment("NO_DATABASE") }, "names no database"),
          (bench.order(mode: .continuous), "Continuous migrations are not available"),
        ]
        for (order, words) in orders {
          let refusal = await error { try await bench.start(order) }
          #expect(refusal?.retryability == .terminal)
          #expect(refusal?.message.contains(words) == true, "\(String(describing: refusal))")
          #expect(refusal?.message.contains("CANARY") == false)
          let kept = try bench.engine.receipts.all()
          #expect(kept == [])
        }
      }
    }
  }

  @Test func `a page with 200 is no answer, and nothing is started behind it`() async throws {
    try await withBench { bench in
      bench.faults.add(Bench.lists, .page, times: 9)
      #expect(await error { try await bench.start(bench.order()) }?.retryability == .retryable)
      guard case .unavailable(let reason, _) = await bench.engine.observe() else { throw Bench.Unavailable() }
      #expect(reason.contains("is `baseURL` right"))
      #expect(bench.starts == 0)
    }
  }

  @Test func `a secret that cannot be read starts nothing and consumes nothing`() async throws {
    try await withBench { bench in
      let refusal = await error { try await bench.start(bench.order { $0.destination = .file("/nowhere") }) }
      #expect(refusal?.retryability == .retryable)
      #expect(bench.calls.lines == [])
      try await bench.start(bench.order())
    }
  }

  @Test func `a job that fails fails its run with what is told of it, without passwords`() async throws {
    var plan = MigratorJobPlan()
    plan.failure = "no route to mongodb://shop:CANARY@cluster/shop"
    try await withBench(plan: plan) { bench in
      let order = bench.order()
      try await bench.start(order)
      guard case .ended(.failed(let failure))? = try await bench.status(of: order, after: 600) else {
        throw Bench.Unavailable()
      }
      #expect(failure.message == "job job-1 failed: no route to mongodb://***@cluster/shop")
    }
  }

  @Test func `a verified migration is over when its verification is`() async throws {
    let ends: [(String?, RunOutcome?, [RunCondition])] = [
      ("VERIFIED", .succeeded, []), ("ABORTED", .succeeded, [.verificationUnconfirmed]), ("FAILED", nil, []),
    ]
    for (word, outcome, conditions) in ends {
      var plan = MigratorJobPlan()
      plan.verificationEnds = word
      try await withBench(plan: plan) { bench in
        let order = bench.order { $0.verifies = true }
        try await bench.start(order)
        #expect(try await bench.status(of: order, after: 600) == .active(.verify))
        #expect(await error { try await bench.cancel(order) }?.code == .wrongStage)
        let report = try #require(try await bench.report(of: order, after: 120))
        guard case .ended(let end) = report.status else { throw Bench.Unavailable() }
        if let outcome { #expect(end == outcome) } else { #expect(end.word == "failed") }
        #expect(report.conditions == conditions)
      }
    }
  }

  @Test func `a verification that does not begin is waited for, and not for ever`() async throws {
    var plan = MigratorJobPlan()
    plan.verificationEnds = nil
    try await withBench(plan: plan) { bench in
      let order = bench.order { $0.verifies = true }
      try await bench.start(order)
      #expect(try await bench.status(of: order, after: 600) == .active(.verify))
      let report = try #require(try await bench.report(of: order, after: 600))
      #expect(report.status == .ended(.succeeded))
      #expect(report.conditions == [.verificationUnconfirmed])
    }
  }

  @Test func `a retired run is reported no more, and starts no more`() async throws {
    try await withBench { bench in
      let order = bench.order()
      try await bench.start(order)
      try await bench.engine.retire(order.run)
      #expect(try await bench.status(of: order, after: 700) == .ended(.succeeded))
      try await bench.engine.retire(order.run)
      #expect(try await bench.status(of: order) == nil)
      #expect(await error { try await bench.start(order) }?.code == .refused)
      #expect(await bench.engine.discard([order.run]).gone == [order.run])
      #expect(try bench.engine.receipts.all() == [])
    }
  }
}
