/// Which run is to be stopped, how, and for which request.
public struct StopOrder: Hashable, Codable, Sendable {
  public var run: RunID
  public var kind: StopKind
  /// Absent where a start that replaces the run asks for it.
  public var request: RequestID?
  public var reason: String?
  /// Present where no run is known: then whatever the engine runs there is meant, and is called `run` from then on.
  public var unseen: UnseenRun?

  public init(run: RunID, kind: StopKind, request: RequestID?, reason: String? = nil, unseen: UnseenRun? = nil) {
    self.run = run
    self.kind = kind
    self.request = request
    self.reason = reason
    self.unseen = unseen
  }
}
