import PipelineModel
import Testing

@testable import PipectlCommands

struct RecordViewTests {
  private static let run = RunID(pipeline: Sample.orders, number: 5)

  @Test(
    arguments: [
      (RequestState.pending(behind: run), "pending", "orders.5"), (.pending(behind: nil), "pending", nil),
      (.acting(run), "acting", "orders.5"), (.settled(.done(run), at: Sample.at(60)), "done", "orders.5"),
      (.settled(.alreadyEnded(run), at: Sample.at(60)), "done", "orders.5"),
      (.settled(.nothingToCancel, at: Sample.at(60)), "done", nil),
      (.settled(.refused(.alreadyRunning(run)), at: Sample.at(60)), "refused", "orders.5"),
      (.settled(.refused(.engine("no")), at: Sample.at(60)), "refused", nil),
      (.settled(.superseded(by: RequestID("next")), at: Sample.at(60)), "superseded", nil),
      (.settled(.expired, at: Sample.at(60)), "expired", nil),
    ] as [(RequestState, String, String?)])
  func `a request shows its one result`(state: RequestState, word: String, run: String?) {
    let view = RequestView(Sample.request(state, origin: .command(by: "ann")))
    #expect(view.state == word)
    #expect(view.run == run)
    #expect(view.by == "ann")
    #expect((view.settledAt != nil) == (state.result != nil))
  }

  @Test func `a run that ended well tells what its supervisor noticed`() {
    let summary = RunSummary(Sample.run(5, .ended(.succeeded), conditions: [.statesUnconfirmed]))
    let lines = summary.lines(paint: Paint(isOn: false))
    #expect(lines[1].hasPrefix("  StatesUnconfirmed: the tap told its state and the target confirmed none"), "\(lines)")
  }

  @Test func `a run tells who asked, why it failed and how much passed`() throws {
    let view = RunView(
      Sample.run(5, .ended(.failed(Sample.failure))),
      request: Sample.request(.acting(Self.run), origin: .command(by: "ann")))
    #expect(view.spec.trigger.sentence == "request `backfill` by ann")
    #expect(view.spec.reason == "new column")
    #expect(view.status.reason == "tap-failed")
    #expect(view.status.records == 1201)
    #expect(view.status.duration == "1m 40s")
    let text = view.text(paint: Paint(isOn: false))
    for part in [
      "Run orders.5  failed (tap-failed) in 1m 40s", "the tap exited with 3", "| no route to host", "1,200", "all",
    ] {
      #expect(text.contains(part), "\(part) is missing")
    }
  }

  @Test func `what an engine does not tell of a run is unknown, and not zero`() throws {
    var run = Sample.run(5, .ended(.cancelled))
    run.order.spec.work = .remote(id: "4711")
    run.observedFrom = EngineName("far")
    // One of several numbers is not told: then the sum is not known either.
    run.report.streams = [
      StreamReport(name: "a", records: 12, bytes: nil), StreamReport(name: "b", records: nil, bytes: nil),
    ]
    #expect(run.records == nil && run.bytes == nil)
    run.report.streams = []
    let view = RunView(run)
    #expect(view.text(paint: Paint(isOn: false)).contains("is not known: engine `far` does not tell"))
    #expect(!(try jsonText(view)).contains("records"))
    run.order.spec.work = Sample.spec().work
    #expect(run.records == 0, "what pipectl counts itself is zero where nothing passed")
  }

  @Test func `a migration whose start was never taken is not said to have ended somehow`() {
    var run = Sample.run(5, .ended(.lost))
    run.order.spec.work = .migration(
      Migration(
        project: "shop-1",
        source: MigrationSource(
          type: "POSTGRESQL", url: .string("jdbc:postgresql://db/shop"), user: .string("shop"),
          password: .environment("P")),
        destination: .environment("D")))
    run.order.spec.engine = EngineSpec(name: EngineName("far"), type: "relational-migrator")
    #expect(run.lossWords.contains("does not show how it ended"))
    run.report.startedAt = nil
    #expect(run.lossWords.contains("its start was never taken"))
  }

  @Test func `a slot and somebody else are triggers too`() {
    #expect(
      RunView(Sample.run(1, .starting, trigger: .slot(Sample.at(0)))).spec.trigger.sentence == "slot \(Sample.at(0))")
    #expect(RunView(Sample.run(1, .starting, trigger: .external)).spec.trigger.type == "external")
  }

  @Test func `secrets show as references, and literals under such keys not at all`() throws {
    let view = PipelineView(Sample.facts())
    #expect(view.spec.source?.config?["password"]?.value == .secret(.environment("SHOP_PASSWORD")))
    #expect(view.spec.source?.config?["host"]?.value == .string("db"))
    #expect(!(try jsonText(view)).contains("CANARY"))
    #expect(!view.text(now: Sample.at(1000), paint: Paint(isOn: false)).contains("CANARY"))
  }

  @Test func `the status of a pipeline has the published shape`() throws {
    var facts = Sample.facts()
    facts.activeRun = Sample.run(5, .active(.load))
    facts.lastEnded = Sample.run(4, .ended(.failed(Sample.failure)))
    let status = PipelineView(facts).status
    #expect(status.generation == 3)
    #expect(status.activeRun == "orders.5")
    #expect(status.lastRun?.id == "orders.4")
    #expect(status.lastRun?.outcome == "failed")
    #expect(status.lastRun?.reason == "tap-failed: the tap exited with 3")
    #expect(status.nextSlot == nil)
  }
}
