public import PipelineModel

/// How the commit that a remote has now stands to the one that was applied last.
public enum GitChange: Hashable, Sendable {
  /// None was applied before.
  case first(CommitID)
  case unchanged(CommitID)
  /// The new commit descends from the old one; a revert does so too.
  case advanced(from: CommitID, to: CommitID)
  /// It does not, or the old one is not known any more: history was rewritten, or an older commit was pushed by force. Nothing is to
  /// change until a person agrees.
  case rewritten(from: CommitID, to: CommitID)

  /// The commit that the remote has now.
  public var commit: CommitID {
    switch self {
    case .first(let commit), .unchanged(let commit), .advanced(_, let commit), .rewritten(_, let commit): commit
    }
  }
}
