internal import Foundation

/// Events from many threads to one; a full queue makes the senders wait, so that it never grows.
final class EventQueue: @unchecked Sendable {
  private let condition = NSCondition()
  private var events: [SupervisorEvent] = []
  private let bound = 256

  func post(_ event: SupervisorEvent) {
    condition.lock()
    while events.count >= bound { condition.wait() }
    events.append(event)
    condition.broadcast()
    condition.unlock()
  }

  /// The next event; nil when none came within that many milliseconds.
  func next(within milliseconds: Int64) -> SupervisorEvent? {
    condition.lock()
    defer { condition.unlock() }
    let deadline = Date(timeIntervalSinceNow: Double(max(0, milliseconds)) / 1000)
    while events.isEmpty {
      guard condition.wait(until: deadline) else { break }
    }
    guard !events.isEmpty else { return nil }
    condition.broadcast()
    return events.removeFirst()
  }
}
