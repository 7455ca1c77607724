import Dispatch
import Foundation
import GRDB
import StoreAPI
import Synchronization

/// A document as it came from a table, not yet decoded: the transaction ends before the decoding begins.
struct StoredRow: Sendable {
  let table: String
  let document: StoredText
}

extension Database {
  /// Rows of a statement that selects the name of its table and a document.
  func rows(_ sql: String, _ arguments: StatementArguments) throws -> [StoredRow] {
    let cursor = try Row.fetchCursor(try cachedStatement(sql: sql), arguments: arguments)
    var rows: [StoredRow] = []
    while let row = try cursor.next() {
      let document = try row.withUnsafeData(atIndex: 1) { StoredText(copying: $0 ?? Data()) }
      rows.append(StoredRow(table: row[0], document: document))
    }
    return rows
  }
}

extension [StoredRow] {
  /// The values in the order of the rows, which have values in common with each other only.
  func decoded<Value: Decodable & Sendable>(as type: Value.Type, from store: SQLiteStore) throws(StoreError) -> [Value]
  {
    try decoded(as: type, from: store, sharing: RepeatedValues())
  }

  /// The values in the order of the rows. Decoding is what loading costs, so long lists are decoded on two threads and more; a row goes when
  /// it is decoded, so that what comes next finds its memory.
  consuming func decoded<Value: Decodable & Sendable>(
    as type: Value.Type, from store: SQLiteStore, sharing repeats: RepeatedValues
  ) throws(StoreError) -> [Value] {
    let size = 128
    let total = count
    let starts = stride(from: 0, to: total, by: size)
    let waiting = Mutex<[[StoredRow]?]>(
      starts.map { [StoredRow](self[$0..<Swift.min($0 + size, total)]) })
    self = []
    let failures = Mutex<[Int: StoreError]>([:])
    let values = [Value](unsafeUninitializedCapacity: total) { room, count in
      let parts = starts.map {
        Room(places: UnsafeMutableBufferPointer(rebasing: room[$0..<Swift.min($0 + size, total)]))
      }
      DispatchQueue.concurrentPerform(iterations: parts.count) { number in
        guard let rows = waiting.withLock({ $0[number].take() }) else { return }
        do throws(StoreError) {
          try rows.decode(into: parts[number], from: store, sharing: repeats)
        } catch {
          failures.withLock { $0[number] = error }
        }
      }
      let failed = failures.withLock { Set($0.keys) }
      count = failed.isEmpty ? total : 0
      guard !failed.isEmpty else { return }
      for (number, part) in parts.enumerated() where !failed.contains(number) { part.places.deinitialize() }
    }
    if let first = failures.withLock({ $0.min { $0.key < $1.key } }) { throw first.value }
    return values
  }
}

/// Where the values of some rows go; one thread fills it.
private struct Room<Value>: @unchecked Sendable {
  let places: UnsafeMutableBufferPointer<Value>
}

extension [StoredRow] {
  /// Fills the room, which has a place for each row; where one is damaged, none is left in it.
  fileprivate func decode<Value: Decodable>(
    into room: Room<Value>, from store: SQLiteStore, sharing repeats: RepeatedValues
  ) throws(StoreError) {
    let decoder = DocumentDecoder(repeats: repeats)
    for (place, row) in enumerated() {
      do {
        room.places.initializeElement(at: place, to: try decoder.decode(Value.self, from: row.document))
      } catch {
        room.places[..<place].deinitialize()
        throw store.damaged(row, "it is no \(Value.self)")
      }
    }
  }
}
