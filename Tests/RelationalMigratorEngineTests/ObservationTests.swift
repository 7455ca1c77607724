import ContractServers
import EngineAPI
import EngineHTTP
import PipelineModel
import Synchronization
import Testing

@testable import RelationalMigratorEngine

/// What an instance's answers are taken for.
@Suite struct ObservationTests {
  @Test func `answers in another order, with less or with more in them, say the same`() async throws {
    let changes: [@Sendable (inout MigratorInstance.Habits) -> Void] = [
      { _ in }, { $0.shufflesLists = true }, { $0.leavesOutDefaults = true }, { $0.tellsOfWaiting = true },
      { $0.answersUnknownJobs = true },
    ]
    for change in changes {
      try await withBench(habits: .changeCapture(change)) { bench in
        let (snapshot, continuous) = (bench.order(), bench.order(pipeline: "stream", mode: .continuous))
        for _ in 1...3 {
          bench.dialect.change { $0.begin(project: "other", at: bench.clock.now()) }
          bench.clock.advance(by: TimeSpan(seconds: 600))
        }
        bench.faults.add(Bench.starts, .dropAfter)
        try await bench.start(snapshot)
        #expect(try await bench.status(of: snapshot) == .active(.snapshot))
        #expect(try await bench.status(of: snapshot) == .active(.snapshot))
        #expect(try await bench.status(of: snapshot, after: 600) == .ended(.succeeded))
        try await bench.start(continuous)
        #expect(try await bench.status(of: continuous, after: 600) == .active(.cdc))
        try await bench.complete(continuous)
        #expect(try await bench.status(of: continuous, after: 20) == .ended(.completed))
        #expect(try await bench.status(of: snapshot) == .ended(.succeeded))
      }
    }
  }

  @Test func `the same answers give the same observation`() async throws {
    try await withBench { bench in
      try await bench.start(bench.order())
      let first = await bench.engine.observe()
      #expect(await bench.engine.observe() == first)
      #expect(await bench.otherEngine().observe() == first)
    }
  }

  @Test func `a word that is not known here justifies nothing, and is no trouble later`() async throws {
    try await withBench(habits: .changeCapture()) { bench in
      let order = bench.order(mode: .continuous)
      try await bench.start(order)
      bench.dialect.change { $0.editJob { $0.status = "HIBERNATING" } }
      let unreadable = try await bench.unreadable()
      #expect(unreadable.first?.reason.contains("`HIBERNATING` as `status`") == true)
      #expect(await error { try await bench.cancel(order) }?.retryability == .retryable)
      #expect(bench.stops == 0)
      bench.dialect.change { $0.editJob { ($0.status, $0.changeCapture) = ("RUNNING", "DREAMING") } }
      #expect(try await bench.unreadable().first?.reason.contains("`DREAMING` as `cdcStatus`") == true)
      bench.dialect.change { $0.editJob { $0.changeCapture = "PAUSED" } }
      #expect(try await bench.status(of: order) == .active(.cdc))
    }
  }

  @Test(arguments: [
    ("COMPLETED", "COMPLETED", RunOutcome.completed), ("COMPLETED", "COMPLETING", .completed),
    ("COMPLETED", "RUNNING", .completed), ("COMPLETED", "CANCELLED", .cancelled),
    ("CANCELLED", "COMPLETED", .completed), ("CANCELLED", "CANCELLED", .cancelled),
    ("CANCELLED", "NOT_STARTED", .cancelled),
  ])
  func `the end of a continuous job is told by both of its statuses`(
    status: String, changeCapture: String, outcome: RunOutcome
  ) async throws {
    try await withBench(habits: .changeCapture()) { bench in
      let order = bench.order(mode: .continuous)
      try await bench.start(order)
      bench.dialect.change { $0.editJob { ($0.status, $0.changeCapture) = (status, changeCapture) } }
      #expect(try await bench.status(of: order) == .ended(outcome))
    }
  }

  @Test func `a continuous job is completed only where something shows that it reached its CDC stage`() async throws {
    for word in ["NOT_STARTED", "SLEEPING"] {
      try await withBench(habits: .changeCapture { $0.leavesOutDefaults = true }) { bench in
        let order = bench.order(mode: .continuous)
        try await bench.start(order)
        bench.dialect.change { $0.editJob { ($0.status, $0.changeCapture) = ("COMPLETED", word) } }
        guard case .ended(.failed(let failure))? = try await bench.status(of: order) else {
          Issue.record("it ended well")
          return
        }
        #expect(failure.message.contains(word), "\(failure.message)")
        // One that was seen in its CDC stage has ended well, whatever is told of that afterwards.
        let next = bench.order(2, mode: .continuous)
        try await bench.start(next)
        #expect(try await bench.status(of: next, after: 600) == .active(.cdc))
        bench.dialect.change { $0.editJob { ($0.status, $0.changeCapture) = ("COMPLETED", word) } }
        #expect(try await bench.status(of: next) == .ended(.completed))
      }
    }
  }

  @Test func `an hour without an answer changes nothing`() async throws {
    try await withBench { bench in
      let order = bench.order()
      try await bench.start(order)
      bench.faults.add(Bench.lists, .dropBefore, times: 8)
      for _ in 1...2 {
        guard case .unavailable = await bench.engine.observe() else { throw Bench.Unavailable() }
        bench.clock.advance(by: TimeSpan(seconds: 1800))
      }
      #expect(try await bench.status(of: order) == .ended(.succeeded))
    }
  }

  @Test func `a look is one call, and one more for a job that the list does not show`() async throws {
    var plan = MigratorJobPlan()
    plan.snapshotTakes = TimeSpan(seconds: 86_400)
    try await withBench(plan: plan) { bench in
      let order = bench.order()
      try await bench.start(order)
      bench.calls.clear()
      #expect(try await bench.status(of: order) == .active(.snapshot))
      #expect(bench.calls.lines == [Bench.lists])
      bench.clock.advance(by: TimeSpan(seconds: 60))
      for _ in 1...100 {
        bench.dialect.change { $0.begin(project: "other", at: bench.clock.now()) }
      }
      bench.calls.clear()
      #expect(try await bench.status(of: order) == .active(.snapshot))
      #expect(bench.calls.lines == [Bench.lists, "GET /api/v1/jobs/job-1"])
      bench.faults.add("GET /api/v1/jobs/*", .page, times: 4)
      let unreadable = try await bench.unreadable()
      #expect(unreadable.map(\.run) == [order.run])
      bench.faults.add("GET /api/v1/jobs/*", .status(404, isDone: false))
      #expect(try await bench.status(of: order) == .ended(.lost))
    }
  }

  @Test func `a job that the instance has forgotten is lost, in whichever way it says so`() async throws {
    for isQuiet in [false, true] {
      var habits = MigratorInstance.Habits()
      habits.answersUnknownJobs = isQuiet
      try await withBench(habits: habits) { bench in
        let order = bench.order()
        try await bench.start(order)
        bench.dialect.change { $0.forgetJobs() }
        let report = try await bench.report(of: order)
        #expect(report?.status == .ended(.lost))
        #expect(report?.startedAt != nil, "it was taken, so nothing says that it never began")
      }
    }
  }

  @Test func `a job that a list does not show is asked for, and is not lost while the instance knows it`() async throws
  {
    try await withBench { bench in
      let order = bench.order()
      try await bench.start(order)
      bench.dialect.change { $0.habits.listsNothing = true }
      bench.calls.clear()
      #expect(try await bench.status(of: order) == .active(.snapshot))
      #expect(bench.calls.lines == [Bench.lists, "GET /api/v1/jobs/job-1"])
      bench.faults.add("GET /api/v1/jobs/*", .status(503, isDone: false), times: 4)
      #expect(try await bench.unreadable().map(\.run) == [order.run])
      bench.dialect.change { $0.habits.listsNothing = false }
      #expect(try await bench.status(of: order, after: 600) == .ended(.succeeded))
    }
  }

  @Test func `any job in progress can be stopped, also one that somebody else began in a pipeline's project`()
    async throws
  {
    try await withBench { bench in
      let order = bench.order(8)
      let pipelines = [bench.record(of: order, runs: 7), bench.record(of: bench.order(pipeline: "zoo"), runs: 3)]
      func reports() async throws -> [RunReport] {
        guard case .complete(_, _, let runs, _) = await bench.engine.look(at: pipelines).observation else {
          throw Bench.Unavailable()
        }
        return runs
      }
      bench.dialect.change { $0.begin(project: "other", at: bench.clock.now()) }
      let others = try await reports()
      #expect(others == [], "a job of another project is nobody's run")
      bench.clock.advance(by: TimeSpan(seconds: 600))
      bench.dialect.change { $0.begin(at: bench.clock.now()) }
      for _ in 1...2 {
        let runs = try await reports()
        #expect(runs.map(\.run) == [order.run])
        #expect(runs.first?.order?.trigger == .external)
        #expect(runs.first?.status == .active(.snapshot))
      }
      #expect(await error { try await bench.start(bench.order(9)) }?.code == .alreadyRunning(order.run))
      #expect(bench.starts == 0)
      try await bench.cancel(order)
      bench.clock.advance(by: TimeSpan(seconds: 20))
      #expect(try await reports().map(\.status) == [.ended(.cancelled)])
      try await bench.start(bench.order(9))
      #expect(try await reports().map(\.run.number) == [8, 9])
    }
  }

  @Test func `a job that is new while a start is in question is taken for nobody else's`() async throws {
    try await withBench { bench in
      let order = bench.order()
      bench.faults.add(Bench.starts, .dropAfter)
      bench.faults.add(Bench.lists, .delay(TimeSpan(seconds: 0)))
      bench.faults.add(Bench.lists, .status(503, isDone: false), times: 4)
      #expect(await error { try await bench.start(order) }?.retryability == .uncertain)
      let look = await bench.engine.look(at: [bench.record(of: order, runs: 1)])
      guard case .complete(_, _, let runs, _) = look.observation else { throw Bench.Unavailable() }
      #expect(runs.map(\.run) == [order.run])
      #expect(runs.first?.order?.trigger == order.trigger)
    }
  }

  @Test func `an engine that is only read from records nothing`() async throws {
    try await withBench { bench in
      let order = bench.order()
      try await bench.start(order)
      bench.clock.advance(by: TimeSpan(seconds: 600))
      let before = bench.memory.documents(of: "mover")
      guard case .complete(_, _, let runs, _) = await bench.otherEngine(isReadOnly: true).observe() else {
        throw Bench.Unavailable()
      }
      #expect(runs.map(\.status) == [.ended(.succeeded)])
      #expect(bench.memory.documents(of: "mover") == before)
    }
  }

  @Test func `an error that repeats what was sent shows no secret, wherever it is cut`() async throws {
    for length in stride(from: 1, to: 120, by: 7) {
      let notes = Notes()
      try await withBench(trace: CallTrace(notes.note)) { bench in
        let padding = String(repeating: "x", count: length)
        let order = bench.order {
          $0.source.url = .string("jdbc:postgresql://db/shop?user=a&\(padding)=1&passwd=CANARY-three")
        }
        bench.faults.add(Bench.starts, .echo(400))
        let refusal = await error { try await bench.start(order) }
        #expect(refusal?.message.contains("cannot read") == true)
        let shown = notes.text + (refusal?.message ?? "")
        #expect(!shown.contains("CAN"), "\(shown)")
      }
    }
  }

  @Test func `no secret is in what is traced, kept, thrown or printed`() async throws {
    let notes = Notes()
    try await withBench(trace: CallTrace(notes.note)) { bench in
      let order = bench.order { $0.source.url = .string("jdbc:postgresql://db/shop?user=a&password=CANARY-three") }
      bench.faults.add(Bench.starts, .status(400, isDone: false))
      let refusal = await error { try await bench.start(order) }
      try await bench.start(order)
      _ = try await bench.status(of: order)
      let kept = bench.memory.documents(of: "mover").map(\.text).joined()
      let shown = notes.text + kept + "\(String(describing: refusal)) \(order)"
      // What a manifest writes out is in its pipeline too, and in nothing that is shown.
      #expect(!"\(notes.text) \(String(describing: refusal))".contains("CANARY"))
      #expect(notes.text.contains("POST") && notes.text.contains("mongodb+srv://***@"))
      #expect(kept.contains("ATLAS_URI"))
      for secret in ["CANARY-\"one", "CANARY-\\\"one", "CANARY-two", "not-told"] {
        #expect(!shown.contains(secret), "\(shown)")
      }
    }
  }
}

extension MigratorInstance {
  /// What the latest job is said to be.
  mutating func editJob(_ body: (inout MigratorJobState) -> Void) {
    guard var job = jobs.last else { return }
    body(&job)
    replaceLatestJob(with: job)
  }
}

/// Lines that somebody may read.
private final class Notes: Sendable {
  private let lines = Mutex<[String]>([])

  var text: String { lines.withLock { $0.joined(separator: "\n") } }
  @Sendable func note(_ line: String) { lines.withLock { $0.append(line) } }
}
