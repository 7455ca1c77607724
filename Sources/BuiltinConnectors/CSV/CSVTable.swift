/// The files of one stream, read one after the other.
struct CSVTable: Hashable, Sendable {
  let stream: String
  /// Not empty, sorted.
  let paths: [String]
  let keys: [String]
  let declaredTypes: [String: ColumnType]
  let delimiter: UInt8
  let hasHeader: Bool

  /// The names of the columns: the header of the first file.
  func columns() throws(ConnectorError) -> [String] {
    var row = CSVRow()
    let reader = try CSVReader(path: paths[0], delimiter: delimiter)
    guard try reader.next(into: &row) else {
      throw ConnectorError(.input, "\(paths[0]) is empty: not even a header")
    }
    let columns = try names(of: row, in: reader.path)
    try check(columns)
    return columns
  }

  /// Hands over every row of every file, until the body answers false.
  func forEachRow(
    _ columns: [String], _ body: (CSVRow, _ path: String) throws(ConnectorError) -> Bool
  ) throws(ConnectorError) {
    var row = CSVRow()
    for path in paths {
      let reader = try CSVReader(path: path, delimiter: delimiter)
      if hasHeader { try checkHeader(of: reader, &row, columns) }
      while try reader.next(into: &row) {
        guard row.count == columns.count else { throw ragged(row, path, columns) }
        guard try body(row, path) else { return }
      }
    }
  }

  private func names(of row: CSVRow, in path: String) throws(ConnectorError) -> [String] {
    var names: [String] = []
    for index in 0..<row.count {
      guard let text = row.text(index) else {
        throw ConnectorError(.input, "\(path):\(row.line): the header is not UTF-8")
      }
      names.append(hasHeader && !text.isEmpty ? text : "column_\(index + 1)")
    }
    return names
  }

  private func check(_ columns: [String]) throws(ConnectorError) {
    var seen: Set<String> = []
    for column in columns where !seen.insert(column).inserted {
      throw ConnectorError(.input, "\(paths[0]): the header names column `\(column)` twice")
    }
    for key in keys where !seen.contains(key) {
      throw ConnectorError(
        .config, "stream `\(stream)`: key column `\(key)` is not among \(columns.joined(separator: ", "))")
    }
    for name in declaredTypes.keys.sorted() where !seen.contains(name) {
      throw ConnectorError(
        .config, "stream `\(stream)`: typed column `\(name)` is not among \(columns.joined(separator: ", "))")
    }
  }

  private func checkHeader(of reader: CSVReader, _ row: inout CSVRow, _ columns: [String]) throws(ConnectorError) {
    guard try reader.next(into: &row) else {
      throw ConnectorError(.input, "\(reader.path) is empty: not even a header")
    }
    let own = try names(of: row, in: reader.path)
    guard own == columns else {
      throw ConnectorError(
        .input,
        "\(reader.path):\(row.line): its header differs from that of \(paths[0]), the first file of stream `\(stream)`")
    }
  }

  private func ragged(_ row: CSVRow, _ path: String, _ columns: [String]) -> ConnectorError {
    let expected = hasHeader ? "the header has \(columns.count)" : "the first row has \(columns.count)"
    return ConnectorError(
      .input, "\(path):\(row.line): the row has \(row.count) field\(row.count == 1 ? "" : "s"), \(expected)")
  }
}
