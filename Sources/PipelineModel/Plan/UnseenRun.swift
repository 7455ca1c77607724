/// A run that an engine may have begun by itself, and that nothing shows while it goes on.
public struct UnseenRun: Hashable, Codable, Sendable {
  /// As it is recorded if there is one.
  public var order: StartOrder
  /// When its end was asked for: what began later is not meant.
  public var askedAt: Timestamp

  public init(order: StartOrder, askedAt: Timestamp) {
    self.order = order
    self.askedAt = askedAt
  }
}
