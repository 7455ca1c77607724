internal import SingerProtocol

/// How one table is to be read.
struct CSVStreamPlan {
  let table: CSVTable
  /// All columns of the file.
  let header: [String]
  /// The columns to emit.
  let columns: [CSVColumn]
  let replication: Replication

  enum Replication {
    /// Rows carry the version; older ones are dropped once all have been read.
    case full(version: Int)
    case incremental(key: CSVColumn)
  }

  /// Everything in full, when no catalog was given.
  init(inferring table: CSVTable, version: Int) throws(ConnectorError) {
    self.table = table
    columns = try CSVDiscovery(table: table).columns()
    header = columns.map(\.name)
    replication = .full(version: version)
  }

  /// What a catalog selects; the config's types come first, then the catalog's.
  init(_ table: CSVTable, _ stream: CatalogStream, version: Int, log: (String) -> Void) throws(ConnectorError) {
    self.table = table
    header = try table.columns()
    columns = try Self.selected(stream, table, header, log)
    if stream.statedMethod == .incremental {
      replication = .incremental(key: try Self.key(stream, columns))
    } else {
      replication = .full(version: version)
    }
  }

  private static func selected(
    _ stream: CatalogStream, _ table: CSVTable, _ header: [String], _ log: (String) -> Void
  ) throws(ConnectorError) -> [CSVColumn] {
    let properties = stream.schema["properties"] ?? .object([])
    for field in stream.fields where stream.isSelected(field: field) && !header.contains(field) {
      throw ConnectorError(
        .catalog, "stream `\(stream.id)`: column `\(field)` is selected, but \(table.paths[0]) has no such column")
    }
    var columns: [CSVColumn] = []
    for (index, name) in header.enumerated() {
      guard let schema = properties[name] else {
        log(
          "stream `\(stream.id)`: column `\(name)` is not in the catalog and is left out; discover again to include it")
        continue
      }
      let isKey = table.keys.contains(name)
      guard isKey || stream.isSelected(field: name) || name == stream.statedKey else { continue }
      guard let type = table.declaredTypes[name] ?? ColumnType(schema: schema) else {
        throw ConnectorError(
          .catalog, "stream `\(stream.id)`: the type of column `\(name)` is none of \(ColumnType.names)")
      }
      columns.append(CSVColumn(index: index, name: name, type: type, isKey: isKey))
    }
    return columns
  }

  private static func key(_ stream: CatalogStream, _ columns: [CSVColumn]) throws(ConnectorError) -> CSVColumn {
    guard let name = stream.statedKey else {
      throw ConnectorError(
        .catalog, "stream `\(stream.id)` is to be read incrementally, but the catalog names no replication key")
    }
    guard let key = columns.first(where: { $0.name == name }), key.type != .boolean else {
      throw ConnectorError(
        .catalog, "stream `\(stream.id)`: replication key `\(name)` is no column that can be ordered")
    }
    return key
  }
}
