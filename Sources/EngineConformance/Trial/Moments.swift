import Synchronization

/// What is to happen at a moment that no test could hit from outside.
final class Moments: Sendable {
  private let contents = Mutex(Contents())

  private struct Contents {
    var before: [ServedCall: @Sendable () async throws -> Void] = [:]
    var isNextMortal = false
    var trouble: [String] = []
  }

  /// Does something right before the next call of that kind.
  func once(before call: ServedCall, _ body: @escaping @Sendable () async throws -> Void) {
    contents.withLock { $0.before[call] = body }
  }

  func before(_ call: ServedCall) async {
    guard let body = contents.withLock({ $0.before.removeValue(forKey: call) }) else { return }
    do { try await body() } catch { contents.withLock { $0.trouble.append("\(error)") } }
  }

  /// What could not be done at its moment.
  var trouble: [String] { contents.withLock { $0.trouble } }

  func haveNextDie() { contents.withLock { $0.isNextMortal = true } }

  /// The life of one more controller.
  func beginLife() -> ControllerLife {
    contents.withLock { contents in
      defer { contents.isNextMortal = false }
      return ControllerLife(endsAfterCall: contents.isNextMortal)
    }
  }
}

/// How long a controller can record something.
final class ControllerLife: Sendable {
  private let endsAfterCall: Bool
  private let hasCalled = Mutex(false)

  init(endsAfterCall: Bool) { self.endsAfterCall = endsAfterCall }

  /// It has called an engine for an effect.
  func noteCall() { hasCalled.withLock { $0 = true } }

  var goesOn: Bool { !endsAfterCall || !hasCalled.withLock { $0 } }
}
