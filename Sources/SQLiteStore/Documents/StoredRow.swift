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
    guard total > size else { return try inTurn(as: type, from: store, sharing: repeats) }
    let waiting = Mutex<[[StoredRow]?]>(
      stride(from: 0, to: total, by: size).map { [StoredRow](self[$0..<Swift.min($0 + size, total)]) })
    self = []
    let parts = Mutex<[Int: Result<[Value], StoreError>]>([:])
    DispatchQueue.concurrentPerform(iterations: (total + size - 1) / size) { number in
      guard let part = waiting.withLock({ $0[number].take() }) else { return }
      let result = Result { () throws(StoreError) in try part.inTurn(as: type, from: store, sharing: repeats) }
      parts.withLock { $0[number] = result }
    }
    var values: [Value] = []
    values.reserveCapacity(total)
    for (_, part) in parts.withLock({ $0 }).sorted(by: { $0.key < $1.key }) { values += try part.get() }
    return values
  }

  private func inTurn<Value: Decodable>(
    as type: Value.Type, from store: SQLiteStore, sharing repeats: RepeatedValues
  ) throws(StoreError) -> [Value] {
    let decoder = DocumentDecoder(repeats: repeats)
    var values: [Value] = []
    values.reserveCapacity(count)
    for row in self {
      do {
        values.append(try decoder.decode(Value.self, from: row.document))
      } catch {
        throw store.damaged(row, "it is no \(Value.self)")
      }
    }
    return values
  }
}
