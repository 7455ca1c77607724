internal import PipelineModel
internal import SingerProtocol

/// The supervisor's side of the journal: what goes into it, when it is made durable, and what must be remembered of it.
final class RunLedger {
  private let journal: any RunJournal
  /// The reason why nothing more can be recorded.
  private(set) var failure: String?
  /// The state that the target confirmed last in this run.
  private(set) var lastState: String?
  private var sequence: Int
  private var counted: [StreamReport]
  private var recordedCounts: [StreamReport]
  private var conditions: Set<RunCondition>
  /// What logs of attempts before this supervisor's left out.
  private let leftOutBefore: Int64
  private var recordedLeftOut: Int64
  private var unsyncedSince: Int64?

  /// Whether states wait to be made durable.
  var hasUnsynced: Bool { unsyncedSince != nil }

  init(_ journal: any RunJournal, after history: RunHistory) {
    self.journal = journal
    lastState = history.lastState?.text
    sequence = history.lastState?.sequence ?? 0
    counted = history.streams
    recordedCounts = history.streams
    conditions = Set(history.conditions)
    leftOutBefore = history.logBytesLeftOut
    recordedLeftOut = history.logBytesLeftOut
  }

  /// A failure is kept, not thrown: the supervisor ends the run at the next look. Returns whether it was recorded.
  @discardableResult
  func record(_ entry: JournalEntry, durably isDurable: Bool = false) -> Bool {
    do throws(JournalError) {
      try journal.record(entry, durably: isDurable)
      return true
    } catch {
      if failure == nil { failure = error.description }
      return false
    }
  }

  /// Keeps a state; one that equals the last is no news. Durable within a second.
  func confirm(_ state: String) {
    guard state != lastState else { return }
    sequence += 1
    lastState = state
    record(.state(sequence: sequence, text: state))
    if unsyncedSince == nil { unsyncedSince = Clock.uptime() }
  }

  func note(_ condition: RunCondition) {
    if conditions.insert(condition).inserted { record(.condition(condition)) }
  }

  /// Takes back a condition that is no longer true.
  func end(_ condition: RunCondition) {
    if conditions.remove(condition) != nil { record(.conditionEnded(condition)) }
  }

  func holds(_ condition: RunCondition) -> Bool { conditions.contains(condition) }

  /// The counts of the round that is under way, on top of what was before it.
  func count(_ current: [StreamCount]) {
    let total = sum(current)
    guard total != recordedCounts else { return }
    recordedCounts = total
    record(.counts(total))
  }

  /// What the logs of this supervisor have left out so far, on top of what was before it.
  func countLeftOut(_ bytes: Int64) {
    let total = leftOutBefore + bytes
    guard total != recordedLeftOut else { return }
    recordedLeftOut = total
    record(.logBytesLeftOut(total))
  }

  func endRound(_ counts: [StreamCount]) {
    count(counts)
    counted = sum(counts)
    if hasUnsynced { synchronize() }
  }

  /// Makes states durable that have waited for half a second.
  func synchronizeIfDue() {
    if let unsyncedSince, Clock.uptime() - unsyncedSince >= 500 { synchronize() }
  }

  func synchronize() {
    unsyncedSince = nil
    do throws(JournalError) {
      try journal.synchronize()
    } catch {
      failure = error.description
    }
  }

  private func sum(_ current: [StreamCount]) -> [StreamReport] {
    var total: [String: StreamReport] = [:]
    for report in counted { total[report.name] = report }
    for count in current {
      let before = total[count.name]
      total[count.name] = StreamReport(
        name: count.name, records: (before?.records ?? 0) + Int64(count.records),
        bytes: (before?.bytes ?? 0) + Int64(count.bytes))
    }
    return total.values.sorted { $0.name < $1.name }
  }
}
