import PipelineModel
import Testing

@testable import PipectlCommands

struct WhyFactTests {
  private func types(_ facts: PipelineFacts) -> [String] { facts.whyFacts.map(\.type) }

  @Test func `a pipeline without anything says that only requests start it`() throws {
    let facts = Sample.facts().whyFacts
    #expect(facts.map(\.type) == ["NoSchedule", "NeverRun"])
    #expect(facts[0].help == "`pipectl start orders` starts it now")
  }

  @Test func `the most pressing comes first`() {
    var record = Sample.record(Sample.spec(paused: .paused(PauseDetails())))
    record.lifecycle = .orphaned(since: Sample.at(20))
    record.isHistoryPending = true
    var facts = Sample.facts(record)
    facts.unavailable = "no"
    facts.activeRun = Sample.run(5, .stopping(StopProgress(kind: .cancel, step: .delivered, since: Sample.at(400))))
    facts.requests = [
      Sample.request(.pending(behind: RunID(pipeline: Sample.orders, number: 5)), id: "later"),
      Sample.request(.settled(.done(RunID(pipeline: Sample.orders, number: 5)), at: Sample.at(60))),
    ]
    facts.lastEnded = Sample.run(4, .ended(.failed(Sample.failure)))
    #expect(
      types(facts) == [
        "EngineUnavailable", "Orphaned", "RunActive", "RequestPending", "Paused", "NoSchedule", "HistoryPending",
        "LastRun",
      ])
  }

  @Test func `a pending request names what it waits for, and when it expires`() throws {
    var facts = Sample.facts()
    facts.requests = [
      Sample.request(
        .pending(behind: RunID(pipeline: Sample.orders, number: 5)), origin: .command(by: "ann"),
        expireAfter: TimeSpan(seconds: 100))
    ]
    let fact = try #require(facts.whyFacts.first)
    #expect(fact.message.contains("by ann"))
    #expect(fact.message.contains("behind orders.5"))
    #expect(fact.message.contains("expires at \(Sample.at(150))"))
    #expect(fact.at == Sample.at(50).description)
    #expect(fact.place == nil, "a command stands in no manifest")
  }

  @Test func `a request that nobody agreed to says what it does, and how to agree to it`() throws {
    var facts = Sample.facts()
    let drop = JobAction.start(StartOptions(ifRunning: .replace, dropDestinationFirst: true))
    facts.requests = [Sample.request(.pending(behind: nil), action: drop)]
    let fact = try #require(facts.whyFacts.first)
    #expect(fact.type == "ConsentNeeded" && fact.message.contains("rewrites the destination"), "\(fact)")
    #expect(!fact.message.contains("cancels what runs"), "nothing runs")
    #expect(
      fact.help?.contains(
        "pipectl start orders --drop-destination-first --if-running replace --request backfill --yes --allow rewrite")
        ?? false, "\(fact)")
    let condition = try #require(facts.conditions.first { $0.type == "RequestPending" })
    #expect(condition.reason == "ConsentNeeded" && condition.message.contains("--allow rewrite"), "\(condition)")

    facts.activeRun = Sample.run(5, .active(.extract))
    #expect(facts.whyFacts.contains { $0.message.contains("cancels what runs and rewrites the destination") })
    facts.requests[0].agreed = [.cancel, .rewrite]
    #expect(!types(facts).contains("ConsentNeeded"))
  }

  @Test func `a pause by manifest points at its field, one by command at the command that removes it`() throws {
    let manifest = Sample.facts(Sample.record(Sample.spec(paused: .paused(PauseDetails(reason: "audit"))))).whyFacts
    let declared = try #require(manifest.first { $0.type == "Paused" })
    #expect(declared.place == "paused")
    #expect(declared.message.contains("audit"))
    var record = Sample.record()
    record.override = PauseOverride(
      isPaused: true, reason: nil, by: "ann", since: Sample.at(30), until: Sample.at(2000))
    let command = try #require(Sample.facts(record).whyFacts.first { $0.type == "Paused" })
    #expect(command.place == nil)
    #expect(command.help?.contains("pipectl pause orders --remove") ?? false)
    #expect(command.message.contains("until \(Sample.at(2000))"))
  }

  @Test func `a resume by command and an expired override are told`() {
    var record = Sample.record(Sample.spec(paused: .paused(PauseDetails())))
    record.override = PauseOverride(
      isPaused: false, reason: "hotfix", by: "ann", since: Sample.at(30), until: Sample.at(900))
    #expect(types(Sample.facts(record, at: 800)).contains("Resumed"))
    #expect(types(Sample.facts(record, at: 900)).contains("Paused"), "git's value holds again")
    #expect(!types(Sample.facts(record, at: 900)).contains("Resumed"))
  }

  @Test func `an open intent is told with its time`() throws {
    var facts = Sample.facts()
    let operation = Operation(
      id: OperationID("start:orders.5"), pipeline: Sample.orders, effect: .forget(Sample.orders), dataEffect: .none,
      reason: "test")
    facts.openIntent = Intent(operation: operation, recordedAt: Sample.at(70), state: .open)
    let fact = try #require(facts.whyFacts.first)
    #expect(fact.type == "IntentOpen")
    #expect(fact.message.contains("start:orders.5"))
    #expect(fact.at == Sample.at(70).description)
  }
}
