import ControlLoop
import ContractServers
import EngineHTTP
import PipelineModel

/// A service's clock, for everything that asks for the time; whoever waits lets it go on.
struct VirtualTime: WallClock, RunWaiter, Pacing {
  let clock: ManualClock

  /// After so much waiting something is waited for that never comes.
  private static let limit = Timestamp(seconds: 1_790_000_000 + 90 * 86_400)
  private static let step = TimeSpan(seconds: 20)

  func now() -> Timestamp { clock.now() }
  func pause(_ span: TimeSpan) async { clock.advance(by: span) }
  func chance() -> Double { 0 }

  func wait(for runs: [RunID], until deadline: Timestamp?) async -> WaitEnd {
    let now = clock.now()
    guard now < Self.limit else { return .interrupted }
    if let deadline, deadline <= now + Self.step {
      clock.advance(by: TimeSpan(milliseconds: max(0, (deadline - now).milliseconds)))
      return .deadline
    }
    clock.advance(by: Self.step)
    return .changed
  }
}
