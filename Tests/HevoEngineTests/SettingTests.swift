import ContractServers
import EngineAPI
import PipelineModel
import Testing

@testable import HevoEngine

/// What a manifest declares of a pipeline: written where it differs, and nothing else.
@Suite struct SettingTests {
  private func order(
    every minutes: Int64? = nil, onDemand: Bool = false, isPaused: Bool? = nil, cancels: Bool = false
  ) -> SettingsOrder {
    let schedule = minutes.map {
      Schedule(
        cadence: .every(TimeSpan(seconds: $0 * 60), anchor: nil), timeZone: "UTC", missed: .skip,
        startDeadline: TimeSpan(seconds: 3600), overlap: .skip, transitions: TransitionPolicy())
    }
    return SettingsOrder(
      engine: EngineSpec(name: "hevo-eu", type: "hevo"), id: "17", schedule: schedule, endsSchedule: onDemand,
      isPaused: isPaused, cancelsRun: cancels)
  }

  private let patch = "PATCH /api/v1/pipelines/*"
  private let disable = "POST /api/v1/pipelines/*/actions/disable"
  private let enable = "POST /api/v1/pipelines/*/actions/enable"

  @Test func `what is as declared is not written`() async throws {
    try await withBench { bench in
      try await bench.engine.write(order(every: 60, isPaused: false))
      try await bench.engine.write(order())
      #expect(bench.calls.count(patch) == 0)
      #expect(bench.calls.count("POST /api/v1/pipelines/*/actions/*") == 0)
    }
  }

  @Test func `a schedule is written once, in minutes or as on demand`() async throws {
    try await withBench { bench in
      for _ in 1...2 { try await bench.engine.write(order(every: 360)) }
      #expect(bench.dialect.pipeline(17)?.frequency == 360)
      #expect(try await bench.held().schedule == .cadence(.every(TimeSpan(seconds: 21_600), anchor: nil)))
      for _ in 1...2 { try await bench.engine.write(order(onDemand: true)) }
      #expect(bench.dialect.pipeline(17)?.frequency == .some(nil))
      #expect(try await bench.held().schedule == .none)
      #expect(bench.calls.count(patch) == 2)
      let refused = await #expect(throws: EngineError.self) { try await bench.engine.write(order(every: 1)) }
      #expect(refused?.message.contains("between 5 and 1440") == true)
    }
  }

  @Test func `a pause disables the pipeline and never touches a run in progress`() async throws {
    for ready in ["ENABLED", "INITIALIZED"] {
      try await withBench(habits: { $0.readyStatus = ready }) { bench in
        let run = bench.order()
        try await bench.start(run)
        bench.pass(30)
        try await bench.engine.write(order(isPaused: true))
        #expect(try await bench.held().isPaused)
        for _ in 1...2 { try await bench.engine.write(order(isPaused: true)) }
        #expect(bench.calls.count(disable) == 1)
        #expect(try await bench.status(of: run.run, after: 60) == .active(.extract))
        #expect(bench.dialect.pipeline(17)?.status == "DISABLED")
        #expect(bench.dialect.pipeline(17)?.stagedThrownAway == 0)
        for _ in 1...2 { try await bench.engine.write(order(isPaused: false)) }
        bench.pass(30)
        #expect(bench.dialect.pipeline(17)?.status == ready)
        let held = try await bench.held()
        #expect(!held.isPaused)
        #expect(bench.calls.count(enable) == 1)
      }
    }
  }

  @Test func `a pause that is to end the run throws away what was staged, and only then`() async throws {
    try await withBench { bench in
      let run = bench.order()
      try await bench.start(run)
      bench.pass(30)
      try await bench.engine.write(order(isPaused: true, cancels: true))
      #expect(bench.dialect.pipeline(17)?.stagedThrownAway == 1)
      #expect(try await bench.status(of: run.run, after: 60) == .ended(.cancelled))
    }
  }

  @Test func `a switch that is on its way is left alone`() async throws {
    try await withBench { bench in
      try await bench.engine.write(order(isPaused: true))
      let error = await #expect(throws: EngineError.self) { try await bench.engine.write(order(isPaused: false)) }
      #expect(error?.retryability == .retryable)
      #expect(bench.calls.count(enable) == 0)
    }
  }

  @Test func `a switch whose answer is lost is looked at, not thrown again`() async throws {
    try await withBench { bench in
      bench.faults.add(disable, .dropAfter)
      try await bench.engine.write(order(isPaused: true))
      #expect(bench.calls.count(disable) == 1)
      bench.pass(30)
      bench.faults.add(enable, .dropBefore)
      let error = await #expect(throws: EngineError.self) { try await bench.engine.write(order(isPaused: false)) }
      #expect(error?.retryability == .uncertain)
      #expect(bench.calls.count(enable) == 1)
      try await bench.engine.write(order(isPaused: false))
      #expect(bench.calls.count(enable) == 2)
    }
  }

  @Test func `what Hevo does not tell is not taken for something else`() async throws {
    try await withBench([
      shop { $0.status = "HIBERNATING" }, shop(18) { $0.status = "DELETED" }, shop(19) { $0.status = "RESTART_FAILED" },
    ]) {
      bench in
      let held = await bench.engine.look().held
      #expect(held.map(\.id) == ["19"])
      #expect(held.first?.hold?.contains("RESTART_FAILED") == true)
    }
  }
}

extension Bench {
  fileprivate func held() async throws -> HeldDefinition {
    try #require(await engine.look().held.first)
  }
}
