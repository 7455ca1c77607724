import EngineAPI
import Foundation
import PipelineModel
import Testing

@testable import LocalEngine

@Suite struct ContinuousTests {
  @Test func `a continuous run takes a snapshot, then round after round from the last state, until it is completed`()
    async throws
  {
    let bench = try Bench()
    let tap = [
      steps(.step("rows", .int(2)), .step("state")), ConfigEntry("seen_state", .string(bench.file("seen"))),
    ]
    try await bench.start(bench.order(mode: .continuous, tap: tap))
    let running = try await bench.report { $0.confirmedStates.count >= 4 }
    #expect(running.status == .active(.cdc))
    try await bench.engine.stop(StopOrder(run: bench.run(), kind: .complete, request: nil))
    let report = try await bench.ended()
    #expect(report.status == .ended(.completed))
    #expect(report.stages.map(\.stage) == [.discover, .snapshot, .load, .cdc])
    #expect(report.stages.allSatisfy { $0.endedAt != nil })
    #expect(bench.lines("seen").prefix(3) == ["null", state(2), state(4)])
    #expect(report.confirmedStates.map(\.text) == (1...report.confirmedStates.count).map { state(2 * $0) })
  }

  @Test func `with a state there is no snapshot, and a cancel between rounds ends it`() async throws {
    let bench = try Bench()
    let order = bench.order(
      mode: .continuous, tap: [steps(.step("rows", .int(1)), .step("state"))], pollInterval: TimeSpan(seconds: 600))
    try await bench.start(order, state: state(40))
    try await bench.eventually("a round is over") {
      try bench.history().tapExit != nil && bench.history().targetExit != nil
    }
    try await bench.cancel()
    let report = try await bench.ended()
    #expect(report.status == .ended(.cancelled))
    #expect(report.stages.map(\.stage) == [.discover, .cdc])
    #expect(report.confirmedStates.map(\.text) == [state(41)])
  }

  @Test func `complete is refused in the snapshot stage, and for a run that is not continuous`() async throws {
    let bench = try Bench()
    let tap = [steps(.step("rows", .int(1)), .step("touch", .string(bench.file("sent"))), .step("wait"))]
    try await bench.start(bench.order(mode: .continuous, tap: tap))
    _ = try await bench.report { $0.status == .active(.snapshot) }
    let complete = StopOrder(run: bench.run(), kind: .complete, request: nil)
    await #expect { try await bench.engine.stop(complete) } throws: { ($0 as? EngineError)?.code == .wrongStage }
    #expect(bench.engine.progress(of: bench.run())?.status == .active(.snapshot))
    try await bench.cancel()
    #expect(try await bench.ended().status == .ended(.cancelled))
  }
}
