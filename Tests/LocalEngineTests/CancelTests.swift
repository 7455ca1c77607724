import EngineAPI
import Foundation
import Glibc
import PipelineModel
import Testing

@testable import LocalEngine

@Suite struct CancelTests {
  /// A tap that sends five rows, a state, two rows, and then waits.
  private func endless(_ bench: Bench, onTerm: String?) -> [ConfigEntry] {
    let first = steps(
      .step("rows", .int(5)), .step("state"), .step("rows", .int(2)), .step("touch", .string(bench.file("sent"))),
      .step("wait"))
    return [first] + (onTerm.map { [ConfigEntry("on_term", .string($0))] } ?? [])
  }

  private func cancelled(_ bench: Bench, _ order: StartOrder) async throws -> RunReport {
    try await bench.start(order)
    try await bench.eventually("the tap has sent") { bench.exists("sent") && bench.lines("rows").count == 7 }
    try await bench.cancel()
    return try await bench.ended()
  }

  @Test func `a tap that ends well on SIGTERM did not succeed, and its last state is kept`() async throws {
    let bench = try Bench()
    let report = try await cancelled(bench, bench.order(tap: endless(bench, onTerm: "state")))
    #expect(report.status == .ended(.cancelled))
    #expect(report.tapExit == .code(0))
    #expect(report.targetExit == .code(0))
    #expect(report.confirmedStates.last?.text == state(7))
    #expect(report.conditions == [])
    #expect(report.streams.map(\.records) == [7])
    #expect(bench.processes() == [])
  }

  @Test func `a tap that dies of SIGTERM leaves the state that was confirmed`() async throws {
    let bench = try Bench()
    let report = try await cancelled(bench, bench.order(tap: endless(bench, onTerm: nil)))
    #expect(report.status == .ended(.cancelled))
    #expect(report.tapExit == .signal(SIGTERM))
    #expect(report.confirmedStates.map(\.text) == [state(5)])
  }

  @Test func `half a line at a tap's death is not forwarded`() async throws {
    let bench = try Bench()
    let report = try await cancelled(bench, bench.order(tap: endless(bench, onTerm: "half")))
    #expect(report.status == .ended(.cancelled))
    #expect(report.targetExit == .code(0))
    #expect(try bench.allText().contains("bytes are not forwarded"))
  }

  @Test func `a tap that ignores SIGTERM is killed after its grace, and the target drains all the same`() async throws {
    let bench = try Bench()
    let limits = Limits(cancelGrace: TimeSpan(milliseconds: 300))
    let report = try await cancelled(bench, bench.order(tap: endless(bench, onTerm: "ignore"), limits: limits))
    #expect(report.status == .ended(.cancelled))
    #expect(report.tapExit == .signal(SIGKILL))
    #expect(report.targetExit == .code(0))
    #expect(report.conditions == [.tapKilled])
  }

  @Test(arguments: [nil, "ignore"])
  func `a target that does not end is ended after its drain timeout`(onTerm: String?) async throws {
    let bench = try Bench()
    let limits = Limits(cancelGrace: TimeSpan(seconds: 5), drainTimeout: TimeSpan(seconds: 5))
    let target =
      [ConfigEntry("ignore_eof", .bool(true))] + (onTerm.map { [ConfigEntry("on_term", .string($0))] } ?? [])
    let report = try await cancelled(
      bench, bench.order(tap: endless(bench, onTerm: "state"), target: target, limits: limits))
    #expect(report.status == .ended(.cancelled))
    #expect(report.targetExit == .signal(onTerm == nil ? SIGTERM : SIGKILL))
    #expect(report.conditions == [.loadIncomplete])
    #expect(report.confirmedStates.last?.text == state(7))
    #expect(bench.processes() == [])
  }

  @Test func `a grandchild that left its session is gone too when the run is cancelled`() async throws {
    let bench = try Bench()
    let tap = [
      steps(.step("rows", .int(1)), .step("escape", .string(bench.file("escaped"))), .step("wait"))
    ]
    let limits = Limits(cancelGrace: TimeSpan(milliseconds: 300))
    try await bench.start(bench.order(tap: tap, limits: limits))
    try await bench.eventually("the grandchild lives") { bench.exists("escaped") }
    let grandchild = try #require(Int32(bench.text("escaped")))
    #expect(kill(grandchild, 0) == 0)
    try await bench.cancel()
    #expect(try await bench.ended().status == .ended(.cancelled))
    #expect(ProcessTable.entry(of: grandchild).map(\.isZombie) != false)
    #expect(bench.processes() == [])
  }

  @Test func `a cancel during discovery lets it end, drops its catalog, and starts no tap`() async throws {
    let bench = try Bench()
    let tap = [
      steps(.step("rows", .int(1))), ConfigEntry("discover_gate", .string(bench.file("go"))),
      ConfigEntry("discover_started", .string(bench.file("discovering"))),
    ]
    try await bench.start(bench.order(tap: tap))
    try await bench.eventually("discovery runs") { bench.exists("discovering") }
    try await bench.cancel()
    let stopping = try await bench.report { report in
      if case .stopping = report.status { true } else { false }
    }
    #expect(stopping.stages.map(\.stage) == [.discover])
    bench.touch("go")
    let report = try await bench.ended()
    #expect(report.status == .ended(.cancelled))
    #expect(report.tapExit == .code(0))
    #expect(report.catalog == nil)
    #expect(bench.lines("rows") == [])
  }

  @Test func `a discovery that does not end is ended after the tap's grace, not the target's`() async throws {
    let bench = try Bench()
    let tap = [
      ConfigEntry("discover_gate", .string(bench.file("never"))),
      ConfigEntry("discover_started", .string(bench.file("discovering"))),
    ]
    let limits = Limits(cancelGrace: TimeSpan(seconds: 1), drainTimeout: TimeSpan(seconds: 3600))
    try await bench.start(bench.order(tap: tap, limits: limits))
    try await bench.eventually("discovery runs") { bench.exists("discovering") }
    try await bench.cancel()
    #expect(try await bench.ended().status == .ended(.cancelled))
  }

  @Test func `a cancel during the wait for another attempt ends the run`() async throws {
    let bench = try Bench()
    let retry = RetryPolicy(attempts: 5, backoff: TimeSpan(seconds: 600))
    try await bench.start(bench.order(tap: [steps(.step("exit", .int(3)))], retry: retry))
    _ = try await bench.report { report in
      if case .backingOff = report.status { true } else { false }
    }
    try await bench.cancel()
    #expect(try await bench.ended().status == .ended(.cancelled))
  }

  @Test func `SIGTERM to the supervisor is a cancel`() async throws {
    let bench = try Bench()
    try await bench.start(bench.order(tap: endless(bench, onTerm: "state")))
    try await bench.eventually("the tap has sent") { bench.exists("sent") }
    let supervisor = try #require(try bench.history().supervisor)
    kill(supervisor.identity.pid, SIGTERM)
    #expect(try await bench.ended().status == .ended(.cancelled))
  }

  @Test func `asking twice is asking once, and asking after the end changes nothing`() async throws {
    let bench = try Bench()
    try await bench.start(bench.order(tap: endless(bench, onTerm: "state")))
    try await bench.eventually("the tap has sent") { bench.exists("sent") }
    try await bench.cancel()
    let first = try StopRecord.read(from: bench.directory())
    try await bench.cancel()
    #expect(try StopRecord.read(from: bench.directory()) == first)
    let report = try await bench.ended()
    try await bench.cancel()
    #expect(bench.engine.progress(of: bench.run()) == report)
    await #expect(throws: EngineError(.runUnknown, "there is no run orders.9", .terminal)) { try await bench.cancel(9) }
  }
}
