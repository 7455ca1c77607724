import ControlLoop
import EngineAPI
import PipelineModel
import Reconciler

/// A run that only an apply takes further: its next attempt is to be made, or it was ordered and never began.
struct StrandedRun {
  private enum Need {
    case attempt(Int, at: Timestamp)
    case beginning(orderedAt: Timestamp)
  }

  private let run: RunID
  private let need: Need
  private let seenAt: Timestamp

  /// Whoever is at work has done it by then.
  private static let patience = TimeSpan(seconds: 10)

  /// Absent where the run goes on by itself.
  init?(_ record: RunRecord, in preview: Preview, now: Timestamp) {
    run = record.id
    seenAt = now
    if let retryAt = record.retryAt {
      need = .attempt(record.report.attempt + 1, at: retryAt)
    } else if record.report.status == .starting, preview.isUnknownToEngine(record) {
      need = .beginning(orderedAt: record.orderedAt)
    } else {
      return nil
    }
  }

  /// As it was seen first: an attempt that nobody has recorded yet would be due a little later at every look.
  func known(since earlier: StrandedRun?) -> StrandedRun {
    guard let earlier, earlier.run == run else { return self }
    switch (earlier.need, need) {
    case (.attempt(let before, _), .attempt(let number, _)) where before == number: return earlier
    case (.beginning, .beginning): return earlier
    case (.attempt, _), (.beginning, _): return self
    }
  }

  var isToBeTriedAgain: Bool {
    switch need {
    case .attempt: true
    case .beginning: false
    }
  }

  /// When it is plain that nobody is at work.
  var givenUpAt: Timestamp {
    switch need {
    case .attempt(_, let at): max(at, seenAt) + Self.patience
    case .beginning: seenAt + Self.patience
    }
  }

  /// Only an apply takes it further: a start is refused, or comes after it.
  var sentence: String {
    let mend = "only `pipectl apply` does, so apply its manifest again: `pipectl apply -f FILE`"
    return switch need {
    case .attempt(let number, let at):
      "\(run) was lost; attempt \(number) is due at \(at), and nothing that runs now makes it: \(mend)"
    case .beginning(let orderedAt):
      "\(run) was ordered at \(orderedAt) and has not begun, and nothing that runs now begins it: \(mend)"
    }
  }
}

extension Preview {
  /// Whether the run's engine was read, and has nothing of it.
  fileprivate func isUnknownToEngine(_ record: RunRecord) -> Bool {
    answers.contains { answer in
      guard answer.engine == record.observedFrom, case .complete(_, _, let runs, let unreadable) = answer.observation
      else { return false }
      return !runs.contains { $0.run == record.id } && !unreadable.contains { $0.run == record.id }
    }
  }
}
