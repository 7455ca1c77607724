/// What came of a version of the manifests that a controller follows.
public struct CommitRecord: Hashable, Codable, Sendable {
  public var source: SourceSet
  /// A commit's id; of a folder, a digest of what is in it.
  public var commit: String
  public var readAt: Timestamp
  public var result: CommitResult

  public init(source: SourceSet, commit: String, readAt: Timestamp, result: CommitResult) {
    self.source = source
    self.commit = commit
    self.readAt = readAt
    self.result = result
  }
}

extension CommitRecord {
  /// The same for those who only need to know how it went: the ids of what was done may be thousands, and are on record.
  public var withoutOperations: CommitRecord {
    guard case .applied = result else { return self }
    var record = self
    record.result = .applied([])
    return record
  }
}

/// A commit is applied as a whole, or not at all.
public enum CommitResult: Hashable, Codable, Sendable {
  /// The ids of what was done.
  case applied([OperationID])
  case nothingToDo
  /// Nothing of it was done; one sentence for each mistake.
  case rejected([String])

  public var isGood: Bool {
    switch self {
    case .applied, .nothingToDo: true
    case .rejected: false
    }
  }
}
