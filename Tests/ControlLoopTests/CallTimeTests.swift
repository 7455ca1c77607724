import ControlLoop
import PipelineModel
import Reconciler
import StoreAPI
import Testing

/// Calls of remote engines, where others wait for their turn.
@Suite struct CallTimeTests {
  private static let now = Timestamp(seconds: 1_800_000_000)
  private static let engine = EngineSpec(name: EngineName("far"), type: "acme")

  private static func record(_ name: String) -> PipelineRecord {
    let schedule = Schedule(
      cadence: .every(TimeSpan(seconds: 3600), anchor: nil), timeZone: "UTC", missed: .skip,
      startDeadline: TimeSpan(seconds: 3600), overlap: .skip, transitions: TransitionPolicy())
    let spec = PipelineSpec(engine: engine, work: .remote(id: name), schedule: .slots(schedule))
    let desired = DesiredPipeline(name: PipelineName(name), spec: spec, sourceSet: .path("/p"))
    return PipelineRecord(applied: desired, generation: 1, createdAt: now, appliedAt: now)
  }

  /// How many of three writes are done where each takes so long.
  private func writes(within limit: TimeSpan?, each span: TimeSpan) -> (done: [String], state: LoopState) {
    let names = ["a", "b", "c"]
    let held = names.map { HeldDefinition(id: $0, schedule: .none, isPaused: false) }
    let answer = EngineAnswer(
      engine: Self.engine.name, observation: .complete(Revision("r"), at: Self.now, runs: []), held: held)
    let goal = LoopGoal(until: .planned, callsWithin: limit)
    var now = Self.now
    var state = LoopState()
    var done: [String] = []
    var events: [LoopEvent] = [
      .begin(goal, now: now), .locked(now: now),
      .loaded(LoopRecords(stored: StoredState(pipelines: names.map(Self.record))), now: now),
      .observed([answer], now: now), .committed(now: now), .committed(now: now),
    ]
    while !events.isEmpty {
      let (next, effects) = step(state, events.removeFirst())
      state = next
      for case .execute(let operation) in effects {
        done.append(operation.id.text)
        now = now + span
        events.insert(.answered(operation.id, .done, now: now), at: 0)
      }
      if events.isEmpty, case .commit = effects.last { events.append(.committed(now: now)) }
    }
    return (done, state)
  }

  @Test func `all of them are made where nobody else waits`() {
    #expect(writes(within: nil, each: TimeSpan(seconds: 60)).done.count == 3)
    #expect(writes(within: TimeSpan(seconds: 5), each: TimeSpan(seconds: 1)).done.count == 3)
  }

  @Test func `what does not come to its turn is settled as not done, and planned anew`() {
    let (done, state) = writes(within: TimeSpan(seconds: 5), each: TimeSpan(seconds: 6))
    #expect(done == ["write-settings:a@1"])
    guard case .loading = state.phase else {
      Issue.record("\(state.phase)")
      return
    }
  }
}
