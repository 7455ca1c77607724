internal import SingerProtocol

/// What the config says of all files alike.
struct CSVFormat {
  private let delimiter: UInt8
  private let hasHeader: Bool
  private let keys: [String]

  init(_ config: JSONValue) throws(ConnectorError) {
    let text = Array((config["delimiter"]?.stringValue ?? ",").utf8)
    guard text.count == 1, ![0x22, 0x0A, 0x0D].contains(text[0]), text[0] < 0x80 else {
      throw ConnectorError(.config, "`delimiter` must be one ASCII character, not a quotation mark or a line end")
    }
    delimiter = text[0]
    hasHeader = config["header"]?.boolValue ?? true
    keys = config["keyProperties"]?.arrayValue?.compactMap(\.stringValue) ?? []
  }

  func table(
    named stream: String, _ paths: [String], keys own: [String]? = nil, types: [String: ColumnType] = [:]
  ) -> CSVTable {
    CSVTable(
      stream: stream, paths: paths, keys: own ?? keys, declaredTypes: types, delimiter: delimiter, hasHeader: hasHeader)
  }
}
