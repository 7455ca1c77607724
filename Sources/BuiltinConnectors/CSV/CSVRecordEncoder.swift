internal import SingerProtocol

/// Turns rows into RECORD lines.
struct CSVRecordEncoder {
  private let columns: [CSVColumn]
  private let start: [UInt8]
  /// Per column, what stands before its value.
  private let prefixes: [[UInt8]]
  private let end: [UInt8]

  init(_ plan: CSVStreamPlan, version: Int?) {
    columns = plan.columns
    start = Array(
      ("{\"type\":\"RECORD\",\"stream\":" + JSONValue.string(plan.table.stream).text + ",\"record\":{").utf8)
    prefixes = plan.columns.enumerated().map { index, column in
      Array(((index > 0 ? "," : "") + JSONValue.string(column.name).text + ":").utf8)
    }
    end = Array((version.map { "},\"version\":\($0)}" } ?? "}}").utf8)
  }

  func line(_ row: CSVRow, _ path: String) throws(ConnectorError) -> [UInt8] {
    var line = start
    for (position, column) in columns.enumerated() {
      line.append(contentsOf: prefixes[position])
      try append(column, of: row, path, to: &line)
    }
    line.append(contentsOf: end)
    return line
  }

  /// An empty field is null, except that `""` is an empty text.
  private func append(
    _ column: CSVColumn, of row: CSVRow, _ path: String, to line: inout [UInt8]
  ) throws(ConnectorError) {
    if row.isEmpty(column.index), !(column.type == .string && row.isQuoted(column.index)) {
      guard !column.isKey else {
        throw ConnectorError(.input, "\(path):\(row.line): key column `\(column.name)` is empty")
      }
      line.append(contentsOf: "null".utf8)
      return
    }
    guard let text = row.text(column.index) else { throw notUTF8(path, row.line, column.name) }
    guard column.append(text, to: &line) else { throw mistyped(text, column, path, row.line) }
  }
}
