import ContractServers
import PipelineModel
import Synchronization

/// A service whose calls go wrong where a trial says so, and who counts those that do not.
final class ScriptedDialect: ContractDialect {
  private let service: any ContractDialect
  private let ordered: @Sendable (ServedRequest) -> Bool
  private let reading: @Sendable (ServedRequest) -> ServedEffect?
  private let script = Mutex(Script())

  private struct Script {
    var isReachable = true
    var isReworded = false
    var oddity: Oddity?
    var upsets: [ServedCall: [Upset]] = [:]
    /// Calls that are still on their way.
    var late: [ServedCall: ServedRequest] = [:]
    var effects: [ServedEffect] = []
    var calls: [String] = []
  }

  /// - Parameters:
  ///   - ordered: whether the lists in the answer to a request have an order that is documented.
  ///   - reading: what a request would do; nil where it only reads.
  init(
    _ service: any ContractDialect, ordered: @escaping @Sendable (ServedRequest) -> Bool,
    reading: @escaping @Sendable (ServedRequest) -> ServedEffect?
  ) {
    self.service = service
    self.ordered = ordered
    self.reading = reading
  }

  func now() -> Timestamp { service.now() }
  var violations: [String] { service.violations }

  /// What was asked, in its order: `GET /v4/sources`.
  var calls: [String] { script.withLock { $0.calls } }

  /// Effects that were taken, in their order.
  var effects: [ServedEffect] { script.withLock { $0.effects } }

  func setReachable(_ isReachable: Bool) { script.withLock { $0.isReachable = isReachable } }

  func setReworded(_ isReworded: Bool) { script.withLock { $0.isReworded = isReworded } }

  func setOddity(_ oddity: Oddity?) { script.withLock { $0.oddity = oddity } }

  func upset(_ call: ServedCall, _ upset: Upset) {
    script.withLock { $0.upsets[call, default: []].append(upset) }
  }

  func answer(_ request: ServedRequest) -> ServedAnswer {
    script.withLock { $0.calls.append(request.line) }
    guard script.withLock({ $0.isReachable }) else { return .trouble(503) }
    guard let effect = reading(request) else {
      let answer = service.answer(request)
      let script = script.withLock { $0 }
      if let oddity = script.oddity { return answer.odd(oddity, at: request.path) }
      return script.isReworded ? answer.reworded(isOrdered: ordered(request)) : answer
    }
    if let late = script.withLock({ $0.late.removeValue(forKey: effect.call) }), let effect = reading(late) {
      _ = take(late, effect)
    }
    switch nextUpset(of: effect.call) {
    case nil: return take(request, effect)
    case .neverArrives: return .trouble(504)
    case .answerIsLost:
      _ = take(request, effect)
      return .trouble(504)
    case .arrivesLate:
      script.withLock { $0.late[effect.call] = request }
      return .trouble(504)
    }
  }

  private func nextUpset(of call: ServedCall) -> Upset? {
    script.withLock { script in
      guard script.upsets[call]?.isEmpty == false else { return nil }
      return script.upsets[call]?.removeFirst()
    }
  }

  private func take(_ request: ServedRequest, _ effect: ServedEffect) -> ServedAnswer {
    let answer = service.answer(request)
    if effect.isTaken(by: answer) { script.withLock { $0.effects.append(effect) } }
    return answer
  }
}

/// What a request does where it is taken.
struct ServedEffect: Sendable {
  var kind: Kind
  var unit: Int
  /// Whether an answer says that it was taken.
  let isTakenBy: @Sendable (ServedAnswer) -> Bool

  enum Kind: Hashable, Sendable {
    case start
    case stop
    case write
  }

  init(
    _ kind: Kind, _ unit: Int,
    isTakenBy: @escaping @Sendable (ServedAnswer) -> Bool = { (200..<300).contains($0.status) }
  ) {
    self.kind = kind
    self.unit = unit
    self.isTakenBy = isTakenBy
  }

  func isTaken(by answer: ServedAnswer) -> Bool { isTakenBy(answer) }

  /// What a trial can have go wrong.
  var call: ServedCall {
    switch kind {
    case .start: .start
    // A trial has no upsets for what can be written twice.
    case .stop, .write: .stop
    }
  }
}

extension ServedAnswer {
  /// What a proxy says when the service does not.
  fileprivate static func trouble(_ status: Int) -> ServedAnswer {
    ServedAnswer(status, ["error": "the service did not answer in time"])
  }
}
