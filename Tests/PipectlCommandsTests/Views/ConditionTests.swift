import PipelineModel
import Testing

@testable import PipectlCommands

struct ConditionTests {
  @Test(arguments: [
    (RunOutcome.succeeded, ConditionView.Status.yes, "RunSucceeded"), (.completed, .yes, "RunCompleted"),
    (.cancelled, .no, "RunCancelled"), (.failed(Sample.failure), .no, "RunFailed"), (.lost, .no, "RunLost"),
  ])
  func `a pipeline is ready as its latest run ended`(
    outcome: RunOutcome, status: ConditionView.Status, reason: String
  ) throws {
    var facts = Sample.facts()
    facts.lastEnded = Sample.run(4, .ended(outcome), endedAt: 200)
    let ready = try #require(facts.conditions.first)
    #expect(ready.type == "Ready")
    #expect(ready.status == status)
    #expect(ready.reason == reason)
    #expect(ready.lastTransition == Sample.at(200).description)
    #expect(facts.conditions.count == 1, "others only while true")
  }

  @Test func `before the first run nobody knows`() {
    let ready = Sample.facts().conditions[0]
    #expect(ready.status == .unknown)
    #expect(ready.reason == "NeverRun")
  }

  @Test func `what could not be read makes it unknown, whatever the latest run was`() {
    var facts = Sample.facts()
    facts.lastEnded = Sample.run(4, .ended(.succeeded))
    facts.activeRun = Sample.run(5, .unconfirmed(since: Sample.at(300)))
    #expect(facts.conditions[0].reason == "RunUnconfirmed")
    #expect(facts.conditions[0].lastTransition == Sample.at(300).description)
    facts.unavailable = "permission denied"
    #expect(facts.conditions[0].status == .unknown)
    #expect(facts.conditions[0].reason == "EngineUnavailable")
    #expect(facts.conditions[0].message.contains("permission denied"))
  }

  @Test func `an active run leaves the answer of the one before`() {
    var facts = Sample.facts()
    facts.lastEnded = Sample.run(4, .ended(.failed(Sample.failure)))
    facts.activeRun = Sample.run(5, .active(.extract))
    #expect(facts.conditions[0].reason == "RunFailed")
    #expect(facts.phase == "extract")
  }

  @Test func `orphaned, paused, pending and a cut history each show with since when`() {
    var record = Sample.record()
    record.lifecycle = .orphaned(since: Sample.at(20))
    record.override = PauseOverride(isPaused: true, reason: "migration", by: "ann", since: Sample.at(30), until: nil)
    record.isHistoryPending = true
    var facts = Sample.facts(record)
    facts.requests = [Sample.request(.pending(behind: nil))]
    facts.lastEnded = Sample.run(4, .ended(.cancelled), conditions: [.loadIncomplete])
    let found = facts.conditions.dropFirst().map { "\($0.type) \($0.reason) \($0.lastTransition ?? "-")" }
    #expect(
      found == [
        "Orphaned ManifestGone \(Sample.at(20))", "Paused Command \(Sample.at(30))",
        "RequestPending Waiting \(Sample.at(50))", "HistoryPending HistoryCut \(Sample.at(200))",
        "LoadIncomplete Run \(Sample.at(200))",
      ])
    #expect(facts.conditions.allSatisfy { $0.type == "Ready" || $0.status == .yes })
    #expect(facts.conditions.allSatisfy { ConditionView.types.contains($0.type) })
    #expect(facts.phase == "orphaned")
  }

  @Test func `an override that has expired pauses nothing`() {
    var record = Sample.record()
    record.override = PauseOverride(isPaused: true, reason: nil, by: "ann", since: Sample.at(30), until: Sample.at(900))
    #expect(Sample.facts(record, at: 899).phase == "paused")
    #expect(Sample.facts(record, at: 900).phase == "idle")
    #expect(Sample.facts(record, at: 900).conditions.map(\.type) == ["Ready", "PauseOverdue"])
  }

  @Test func `what an engine holds is told apart: its own pause, a change, a refusal, and that it is gone`() {
    var record = Sample.record(PipelineSpec(engine: .local, work: .remote(id: "4711"), paused: .active))
    record.held = HeldRecord(
      definition: HeldDefinition(
        id: "4711", schedule: .none, isPaused: true, hold: "Stitch itself has paused it since yesterday"),
      holdSeenAt: Sample.at(10), goneSeenAt: Sample.at(20),
      drift: [Drift(.paused, before: "false", after: "true", seenAt: Sample.at(30))],
      refusal: SettingsRefusal(generation: 1, message: "not on this plan", at: Sample.at(40)))
    let facts = Sample.facts(record)
    let found = facts.conditions.dropFirst().map { "\($0.type) \($0.lastTransition ?? "-")" }
    #expect(
      found == [
        "SystemPaused \(Sample.at(10))", "Missing \(Sample.at(20))", "SettingsRefused \(Sample.at(40))",
        "Drifted \(Sample.at(30))",
      ])
    #expect(facts.conditions.allSatisfy { ConditionView.types.contains($0.type) })
    #expect(facts.conditions.contains { $0.message.contains("`paused` does not end that") })
    #expect(!facts.conditions.contains { $0.type == "Paused" }, "a pause by the engine is none of ours")
    let why = facts.whyFacts.map(\.type)
    for type in ["SystemPaused", "Missing", "SettingsRefused", "Drifted"] { #expect(why.contains(type)) }
  }
}
