import Synchronization

/// Which calls go wrong, and how; each rule as often as it says, in the order of adding.
public final class FaultScript: Sendable {
  private let rules = Mutex<[Rule]>([])

  private struct Rule {
    var pattern: CallPattern
    var fault: Fault
    var left: Int
  }

  public init() {}

  /// - Parameters:
  ///   - pattern: `POST /v4/sources/*/sync`.
  ///   - times: how many matching calls, from the next one on.
  public func add(_ pattern: String, _ fault: Fault, times: Int = 1) {
    rules.withLock { $0.append(Rule(pattern: CallPattern(pattern), fault: fault, left: times)) }
  }

  func next(for request: ServedRequest) -> Fault? {
    rules.withLock { rules in
      guard let index = rules.firstIndex(where: { $0.left > 0 && $0.pattern.matches(request.line) }) else { return nil }
      rules[index].left -= 1
      return rules[index].fault
    }
  }
}
