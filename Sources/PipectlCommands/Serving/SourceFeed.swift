import ControlLoop
import Foundation
import PipelineModel
import Synchronization

/// Looks at the manifests again and again, on a thread of its own, and tells the controller what is there.
final class SourceFeed: Sendable {
  let sourceSet: SourceSet
  private let interval: TimeSpan
  private let follower: Mutex<any SourceFollower & Sendable>
  private let order = Mutex(Order())

  /// What others want of it.
  private struct Order {
    var isEnded = false
    var looksNow = false
    var applied: String?
  }

  /// How long an order may go unheard, in milliseconds.
  private static let turn: Int64 = 200

  init(_ follower: sending any SourceFollower & Sendable, every interval: TimeSpan) {
    sourceSet = follower.sourceSet
    self.interval = interval
    self.follower = Mutex(follower)
  }

  var description: String { sourceSet.description }

  /// Looks now, whatever the time.
  func lookNow() { order.withLock { $0.looksNow = true } }

  /// The commit that was applied last; what does not come after it is not followed.
  func note(applied commit: String?) { order.withLock { $0.applied = commit } }

  func end() { order.withLock { $0.isEnded = true } }

  /// - Parameter tell: hears of every look, and whether somebody had asked for it; may block.
  func start(clock: any WallClock, _ tell: @escaping @Sendable (SourceNews, _ wasAsked: Bool) -> Void) {
    Thread.detachNewThread { [self] in
      while !order.withLock({ $0.isEnded }) {
        let asked = order.withLock { order in
          defer { order.looksNow = false }
          return order
        }
        let found = follower.withLock { $0.look(since: asked.applied) }
        tell(SourceNews(source: sourceSet, readAt: clock.now(), found: found), asked.looksNow)
        awaitReason()
      }
    }
  }

  /// Until there may be something new, the interval is over, or somebody asks.
  private func awaitReason() {
    var left = interval.milliseconds
    while left > 0 {
      let orders = order.withLock { $0 }
      if orders.isEnded || orders.looksNow { return }
      if follower.withLock({ $0.waits(milliseconds: min(Self.turn, left)) }) { return }
      left -= Self.turn
    }
  }
}
