/// What a manifest says about pausing; absent, false and true are three things (law 13).
public enum PauseSetting: Hashable, Codable, Sendable {
  /// The manifest does not say: the flag stays as it is.
  case unmanaged
  case active
  case paused(PauseDetails)

  /// Of the pause that it means at an instant; absent where it means none.
  public func details(at now: Timestamp) -> PauseDetails? {
    switch self {
    case .unmanaged, .active: nil
    case .paused(let details): details.until.map { $0 > now } ?? true ? details : nil
    }
  }
}

/// Why, by whom and until when a pipeline is paused.
public struct PauseDetails: Hashable, Codable, Sendable {
  public var reason: String?
  public var by: String?
  public var until: Timestamp?
  /// Whether the run in progress ends with it; absent: it goes on.
  public var cancelsRun: Bool?

  public init(reason: String? = nil, by: String? = nil, until: Timestamp? = nil, cancelsRun: Bool? = nil) {
    self.reason = reason
    self.by = by
    self.until = until
    self.cancelsRun = cancelsRun
  }
}
