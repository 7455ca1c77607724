/// The row that is written before an effect (law 6).
public struct Intent: Hashable, Codable, Sendable {
  @Boxed public var operation: Operation
  public var recordedAt: Timestamp
  public var state: IntentState

  public init(operation: Operation, recordedAt: Timestamp, state: IntentState) {
    self.operation = operation
    self.recordedAt = recordedAt
    self.state = state
  }

  public var id: OperationID { operation.id }
}

public enum IntentState: Hashable, Codable, Sendable {
  case open
  /// The answer was ambiguous: it is to be read back, never blindly repeated.
  case uncertain(String, at: Timestamp)
  case settled(IntentOutcome, at: Timestamp)

  public var isOpen: Bool {
    switch self {
    case .open, .uncertain: true
    case .settled: false
    }
  }
}

public enum IntentOutcome: Hashable, Codable, Sendable {
  case done
  /// The read-back proved that nothing had happened; the same operation may be planned again.
  case notExecuted
  case refused(String)
}
