internal import SingerProtocol

/// Finds out what a table holds: declared types count, the others are inferred over all rows.
struct CSVDiscovery {
  let table: CSVTable

  func columns() throws(ConnectorError) -> [CSVColumn] {
    let names = try table.columns()
    var inferred = Array(repeating: ColumnInference(), count: names.count)
    let open = names.indices.filter { table.declaredTypes[names[$0]] == nil }
    try table.forEachRow(names) { (row, path) throws(ConnectorError) in
      for index in open where !row.isEmpty(index) {
        guard let text = row.text(index) else { throw notUTF8(path, row.line, names[index]) }
        inferred[index].see(text)
      }
      return true
    }
    return names.enumerated().map { index, name in
      CSVColumn(
        index: index, name: name, type: table.declaredTypes[name] ?? inferred[index].type,
        isKey: table.keys.contains(name))
    }
  }

  func catalogStream() throws(ConnectorError) -> JSONValue {
    let columns = try columns()
    let sortable = columns.filter { $0.type != .boolean }.map { JSONValue.string($0.name) }
    let keys = JSONValue.array(table.keys.map { .string($0) })
    let stream: JSONValue = [
      "breadcrumb": [],
      "metadata": ["inclusion": "available", "table-key-properties": keys, "valid-replication-keys": .array(sortable)],
    ]
    let fields = columns.map { column -> JSONValue in
      [
        "breadcrumb": ["properties", .string(column.name)],
        "metadata": ["inclusion": column.isKey ? "automatic" : "available"],
      ]
    }
    return [
      "tap_stream_id": .string(table.stream), "stream": .string(table.stream), "schema": schema(of: columns),
      "key_properties": keys, "metadata": .array([stream] + fields),
    ]
  }
}

func schema(of columns: [CSVColumn]) -> JSONValue {
  let properties = columns.map { JSONMember($0.name, $0.type.schema(isKey: $0.isKey)) }
  return ["type": "object", "properties": .object(properties)]
}

func notUTF8(_ path: String, _ line: Int, _ column: String) -> ConnectorError {
  ConnectorError(.input, "\(path):\(line): column `\(column)` is not UTF-8; convert the file, for instance with iconv")
}
