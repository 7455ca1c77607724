/// The one way out for what a supervisor learns; a file in its run directory here, and elsewhere whatever reaches its controller.
protocol RunJournal: AnyObject {
  /// Adds an entry; a durable one survives a loss of power from then on.
  func record(_ entry: JournalEntry, durably isDurable: Bool) throws(JournalError)

  /// Makes durable what was recorded so far.
  func synchronize() throws(JournalError)
}

/// Why the journal could not take an entry.
struct JournalError: Error, Hashable, Sendable, CustomStringConvertible {
  var description: String
}
