import ControlLoop
import Foundation
import PipelineModel
import Synchronization

/// What goes wrong between a controller and the embedded engine, and what its clock shows.
final class LocalScript: WallClock {
  private let contents = Mutex(Contents())

  private struct Contents {
    var isReachable = true
    var upsets: [ServedCall: [Upset]] = [:]
    var late: [ServedCall: @Sendable () async -> Void] = [:]
    var effects = 0
    /// How far the clock is ahead of the machine's.
    var lead = TimeSpan(seconds: 0)
  }

  func now() -> Timestamp {
    let lead = contents.withLock { $0.lead }
    return Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) + lead
  }

  func pass(_ span: TimeSpan) {
    contents.withLock { $0.lead = TimeSpan(milliseconds: $0.lead.milliseconds + span.milliseconds) }
  }

  var isReachable: Bool { contents.withLock { $0.isReachable } }
  func setReachable(_ isReachable: Bool) { contents.withLock { $0.isReachable = isReachable } }

  var effects: Int { contents.withLock { $0.effects } }
  func noteEffect() { contents.withLock { $0.effects += 1 } }

  func add(_ upset: Upset, to call: ServedCall) {
    contents.withLock { $0.upsets[call, default: []].append(upset) }
  }

  func nextUpset(of call: ServedCall) -> Upset? {
    contents.withLock { contents in
      guard contents.upsets[call]?.isEmpty == false else { return nil }
      return contents.upsets[call]?.removeFirst()
    }
  }

  /// Has a call arrive right before the next one of its kind.
  func hold(_ call: ServedCall, until arrival: @escaping @Sendable () async -> Void) {
    contents.withLock { $0.late[call] = arrival }
  }

  func takeHeld(_ call: ServedCall) -> (@Sendable () async -> Void)? {
    contents.withLock { $0.late.removeValue(forKey: call) }
  }
}
