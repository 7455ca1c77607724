internal import SingerProtocol

/// How far an incremental stream has come.
struct IncrementalProgress {
  /// Whether no later row can have a smaller key: only then is the largest key so far a place to go on from.
  let isSorted: Bool
  /// Rows taken.
  private(set) var records = 0
  private let stream: String
  private let key: CSVColumn
  private let start: ReplicationKeyValue?
  private var largest: ReplicationKeyValue?

  /// Reads the table once to see whether it is sorted by the key.
  init(_ plan: CSVStreamPlan, _ key: CSVColumn, _ state: StateDocument, _ warn: (String) -> Void) throws(ConnectorError)
  {
    stream = plan.table.stream
    self.key = key
    start = Self.bookmark(of: plan.table.stream, key, state, warn)
    largest = start
    isSorted = try Self.isSorted(plan, key)
  }

  /// Whether a row is at or beyond the bookmark; one without a key always is.
  mutating func takes(_ row: CSVRow, _ path: String) throws(ConnectorError) -> Bool {
    if let value = try row.keyValue(key, path) {
      if let start, value < start { return false }
      if largest.map({ $0 < value }) ?? true { largest = value }
    }
    records += 1
    return true
  }

  /// A state from which nothing taken so far is missed.
  func advance(_ state: StateDocument) -> StateDocument {
    guard let largest else { return state }
    return state.replacingBookmark(
      stream, ["replication_key": .string(key.name), "replication_key_value": largest.json])
  }

  private static func bookmark(
    of stream: String, _ key: CSVColumn, _ state: StateDocument, _ warn: (String) -> Void
  ) -> ReplicationKeyValue? {
    guard let bookmark = state.value["bookmarks"]?[stream], let value = bookmark["replication_key_value"] else {
      return nil
    }
    guard bookmark["replication_key"]?.stringValue == key.name else {
      warn("stream `\(stream)`: the state is of another replication key than `\(key.name)`; reading from the start")
      return nil
    }
    guard let start = ReplicationKeyValue(value, type: key.type) else {
      warn("stream `\(stream)`: the state's bookmark is no \(key.type.rawValue); reading from the start")
      return nil
    }
    return start
  }

  private static func isSorted(_ plan: CSVStreamPlan, _ key: CSVColumn) throws(ConnectorError) -> Bool {
    var last: ReplicationKeyValue?
    var isSorted = true
    try plan.table.forEachRow(plan.header) { (row, path) throws(ConnectorError) in
      guard let value = try row.keyValue(key, path) else { return true }
      if let last, value < last { isSorted = false }
      last = value
      return isSorted
    }
    return isSorted
  }
}

extension CSVRow {
  /// The replication key of this row; nil where the field is empty.
  fileprivate func keyValue(_ key: CSVColumn, _ path: String) throws(ConnectorError) -> ReplicationKeyValue? {
    guard !isEmpty(key.index) else { return nil }
    guard let text = text(key.index) else { throw notUTF8(path, line, key.name) }
    guard let value = key.key(of: text) else { throw mistyped(text, key, path, line) }
    return value
  }
}

/// A field that is none of its column's type.
func mistyped(_ text: String, _ column: CSVColumn, _ path: String, _ line: Int) -> ConnectorError {
  let shown = text.count > 60 ? text.prefix(60) + "…" : text[...]
  return ConnectorError(
    .input,
    "\(path):\(line): column `\(column.name)` is of type \(column.type.rawValue), but holds `\(shown)`; correct the row, discover again, or declare the column's type"
  )
}
