internal import Synchronization

/// Set when a tap is asked to end; may be set in a signal handler.
final class StopFlag: Sendable {
  private let requested = Atomic<Bool>(false)

  var isSet: Bool { requested.load(ordering: .relaxed) }

  func set() { requested.store(true, ordering: .relaxed) }

  /// The flag of this process's signals.
  static let ofProcess = StopFlag()
}
