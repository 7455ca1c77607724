import Synchronization

/// What was asked, in the order of coming in.
public final class CallLog: Sendable {
  private let entries = Mutex<[String]>([])
  private let tell: @Sendable (String) -> Void

  /// - Parameter tell: hears of every call as it comes in.
  public init(tell: @escaping @Sendable (String) -> Void = { _ in }) {
    self.tell = tell
  }

  /// `GET /v4/sources`, without queries.
  public var lines: [String] { entries.withLock { $0 } }

  public func clear() { entries.withLock { $0 = [] } }

  /// How many calls match a pattern such as `POST /v4/sources/*/sync`.
  public func count(_ pattern: String) -> Int {
    let pattern = CallPattern(pattern)
    return lines.count { pattern.matches($0) }
  }

  func note(_ request: ServedRequest) {
    entries.withLock { $0.append(request.line) }
    tell(request.line)
  }
}
