import Dispatch
import GRDB
import PipelineModel
import StoreAPI
import Synchronization

/// A load of everything that was begun before it was asked for, on a thread of its own.
final class ReadingAhead: Sendable {
  private let outcome = Mutex<Loaded?>(nil)
  private let end = DispatchGroup()

  /// What was recorded at one instant.
  struct Loaded: Sendable {
    var state: StoredState
    /// SQLite's `data_version` of that instant: another one means that another process has written since.
    var version: Int
  }

  /// - Parameter load: nil where it fails; whoever asks then tries again, and hears why.
  init(_ load: @escaping @Sendable () -> Loaded?) {
    DispatchQueue.global().async(group: end) { [self] in
      let loaded = load()
      outcome.withLock { $0 = loaded }
    }
  }

  /// Waits for the end.
  var loaded: Loaded? {
    end.wait()
    return outcome.withLock { $0 }
  }
}

extension SQLiteStore {
  /// Begins to load everything while whoever calls does something else. The next load of everything takes it, if nobody has written
  /// meanwhile.
  public func readAhead() {
    let reading = ReadingAhead { [self] in try? loadedNow(StoreQuery()) }
    ahead.withLock { $0 = reading }
  }

  /// What was read ahead, with the requests that are asked for; nil where nothing was, or where it is no longer what is recorded.
  func loadedAhead(_ query: StoreQuery) throws(StoreError) -> StoredState? {
    let reading = ahead.withLock { reading in
      defer { reading = nil }
      return reading
    }
    guard query.pipelines == nil, var loaded = reading?.loaded else { return nil }
    let rows = try translated {
      try queue.read { database in
        try Int.dataVersion(database) == loaded.version ? database.rows(asked: query) : nil
      }
    }
    guard let rows else { return nil }
    loaded.state.requests += try rows.decoded(as: RequestRecord.self, from: self)
    loaded.state.requests.sort { $0.key < $1.key }
    return loaded.state
  }
}

extension Int {
  /// Changes when another process has written.
  static func dataVersion(_ database: Database) throws -> Int {
    try fetchOne(database, sql: "PRAGMA data_version") ?? 0
  }
}
