import PipelineModel

/// When the loop waits before it tries again, and when it gives up.
enum Patience {
  /// How often one operation is given to its engine.
  static let attempts = 5
  /// Between two attempts of an operation, or to read an unavailable engine.
  static let retry = TimeSpan(seconds: 5)
  /// Rounds in a row, without a wait between them, that each had something to do for the same pipeline. A plan for many pipelines may
  /// take many more rounds than that, since an engine starts only so many runs at a time.
  static let rounds = 12
  /// Rounds in a row in which an engine that had answered before could not be read.
  static let unavailable = 10
}

extension LoopProgress {
  func mayAttempt(_ operation: Operation, at now: Timestamp) -> Bool {
    guard let attempts = attempts[operation.id] else { return true }
    return now >= attempts.last + Patience.retry
  }

  mutating func noteAttempt(_ operation: Operation, at now: Timestamp) {
    attempts[operation.id] = Attempts(count: attempts[operation.id, default: .none].count + 1, last: now)
  }
}

extension LoopProgress.Attempts {
  static let none = LoopProgress.Attempts(count: 0, last: Timestamp(milliseconds: .min))
}
