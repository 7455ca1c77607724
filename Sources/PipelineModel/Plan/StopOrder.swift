/// Which run is to be stopped, how, and for which request.
public struct StopOrder: Hashable, Codable, Sendable {
  public var run: RunID
  public var kind: StopKind
  /// Absent where a start that replaces the run asks for it.
  public var request: RequestID?
  public var reason: String?

  public init(run: RunID, kind: StopKind, request: RequestID?, reason: String? = nil) {
    self.run = run
    self.kind = kind
    self.request = request
    self.reason = reason
  }
}
