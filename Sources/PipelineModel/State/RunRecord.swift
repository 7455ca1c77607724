/// A run as the state folder remembers it.
public struct RunRecord: Hashable, Codable, Sendable {
  @Boxed public var order: StartOrder
  public var orderedAt: Timestamp
  /// The latest report; of its states only the last one, since all are kept apart as state versions.
  @Boxed public var report: RunReport
  /// When and from where the report came (law 4).
  public var observedAt: Timestamp
  public var observedFrom: EngineName
  /// Its supervisor was lost and another attempt is due at that instant; absent otherwise.
  public var retryAt: Timestamp?
  /// Since when a cancel is known to have reached it; absent where none has.
  public var cancelledAt: Timestamp?

  public init(
    order: StartOrder, orderedAt: Timestamp, report: RunReport, observedAt: Timestamp, observedFrom: EngineName,
    retryAt: Timestamp? = nil, cancelledAt: Timestamp? = nil
  ) {
    self.order = order
    self.orderedAt = orderedAt
    self.report = report
    self.observedAt = observedAt
    self.observedFrom = observedFrom
    self.retryAt = retryAt
    self.cancelledAt = cancelledAt
  }

  public var id: RunID { order.run }
  public var isActive: Bool { !report.status.isEnded }
}
