import Glibc
import Synchronization

/// Whether the user wants to wait no longer (SIGINT), or the system wants us gone (SIGTERM, SIGHUP).
///
/// The first signal is only noted, so that what is under way is finished and runs go on; the second ends the program at once, which is
/// safe, for the next command finds everything as it was recorded.
enum Interruption {
  static func watch() {
    _ = noted.load(ordering: .relaxed)  // Made here, not in the handler.
    for number in [SIGINT, SIGTERM, SIGHUP] {
      signal(number) { number in
        noted.store(number, ordering: .sequentiallyConsistent)
        signal(number, SIG_DFL)
      }
    }
  }

  /// The number of the signal; absent before the first one.
  static var signalNumber: Int32? {
    let number = noted.load(ordering: .sequentiallyConsistent)
    return number == 0 ? nil : number
  }
}

private let noted = Atomic<Int32>(0)
