import GRDB
import PipelineModel
import StoreAPI

extension StoreError {
  /// What a failure of SQLite means to the person who reads it; never a statement's text nor its values (law 9: a secret has
  /// no textual form).
  init(_ error: any Error, at path: String) {
    if let known = error as? StoreError {
      self = known
    } else if let failure = error as? DatabaseError {
      self.init(failure, at: path)
    } else {
      self.init(.failed, "\(path): \(type(of: error))")
    }
  }

  private init(_ failure: DatabaseError, at path: String) {
    switch failure.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      self.init(.busy, "\(path) is held by another process; try again when it has finished")
    case .SQLITE_FULL:
      self.init(
        .full, "no space is left for \(path); nothing of this change was recorded: free some space and run again")
    case .SQLITE_CORRUPT, .SQLITE_NOTADB:
      self = .corrupt(path, "SQLite \(failure.resultCode)")
    case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_CANTOPEN, .SQLITE_AUTH:
      self.init(
        .notWritable,
        "\(path) cannot be opened for writing (\(words(of: failure))); check who owns it and its folder, and their modes"
      )
    case .SQLITE_ERROR where failure.message == "malformed JSON":
      self = .corrupt(path, "a document in it is no JSON")
    default:
      self.init(.failed, "\(path): \(words(of: failure))")
    }
  }

  static func corrupt(_ path: String, _ what: String) -> StoreError {
    StoreError(
      .corrupt,
      "\(path) is damaged (\(what)); bring back a backup with `pipectl state restore FILE`, which keeps the damaged file"
    )
  }
}

/// SQLite's own words for a code; of a broken constraint also its name, which holds tables and columns, no values.
private func words(of failure: DatabaseError) -> String {
  let code = "SQLite \(failure.extendedResultCode)"
  guard failure.resultCode == .SQLITE_CONSTRAINT, let detail = failure.message else { return code }
  return "\(detail), \(code)"
}
