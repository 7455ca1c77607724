import Synchronization

/// Whether a command has stopped waiting for its goal: it hung up, or it is gone.
final class Abandonment: Sendable {
  private let isNoted = Atomic<Bool>(false)

  func note() { isNoted.store(true, ordering: .sequentiallyConsistent) }

  /// Also where the task that asks is cancelled, because the controller itself is to end.
  var isKnown: Bool { isNoted.load(ordering: .sequentiallyConsistent) || Task.isCancelled }
}
