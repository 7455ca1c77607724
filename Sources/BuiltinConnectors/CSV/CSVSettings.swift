internal import Glibc
internal import SingerProtocol

/// The config of the `csv` tap.
struct CSVSettings {
  let tables: [CSVTable]
  let stateEveryRecords: Int
  let delayMilliseconds: Int

  /// Finds the files; the config has been checked against the description of the settings.
  init(_ config: JSONValue) throws(ConnectorError) {
    let format = try CSVFormat(config)
    if let path = config["path"]?.stringValue {
      tables = try Self.tables(at: path, format)
    } else {
      tables = try Self.tables(of: config["files"]?.arrayValue ?? [], format)
    }
    var names: Set<String> = []
    for table in tables where !names.insert(table.stream).inserted {
      throw ConnectorError(.config, "two streams are named `\(table.stream)`; name them apart with `files`")
    }
    stateEveryRecords = max(1, config["stateEveryRecords"]?.integerValue ?? 1000)
    delayMilliseconds = config["delayPerRecordMilliseconds"]?.integerValue ?? 0
  }

  private static func tables(at path: String, _ format: CSVFormat) throws(ConnectorError) -> [CSVTable] {
    var tables: [CSVTable] = []
    for file in try files(at: path) { tables.append(format.table(named: stem(of: file), [file])) }
    return tables
  }

  private static func tables(of entries: [JSONValue], _ format: CSVFormat) throws(ConnectorError) -> [CSVTable] {
    var tables: [CSVTable] = []
    for entry in entries {
      let paths = try files(at: entry["path"]?.stringValue ?? "")
      let keys = entry["keys"]?.arrayValue?.compactMap(\.stringValue)
      var types: [String: ColumnType] = [:]
      for member in entry["types"]?.objectValue ?? [] {
        types[member.key] = member.value.stringValue.flatMap(ColumnType.init(rawValue:))
      }
      tables.append(format.table(named: entry["stream"]?.stringValue ?? "", paths, keys: keys, types: types))
    }
    return tables
  }

  private static func files(at path: String) throws(ConnectorError) -> [String] {
    var status = stat()
    let exists = stat(path, &status) == 0
    if exists, status.st_mode & S_IFMT != S_IFDIR { return [path] }
    let pattern = exists ? path + "/*.csv" : path
    let found = globbed(pattern)
    guard !found.isEmpty else {
      throw ConnectorError(.input, "no file matches `\(pattern)` (seen from \(workingDirectory))")
    }
    return found
  }

  private static func globbed(_ pattern: String) -> [String] {
    var result = glob_t()
    defer { globfree(&result) }
    guard glob(pattern, 0, nil, &result) == 0 else { return [] }
    let paths = (0..<Int(result.gl_pathc)).compactMap { result.gl_pathv[$0].map { String(cString: $0) } }
    return paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private static var workingDirectory: String {
    guard let path = getcwd(nil, 0) else { return "an unknown folder" }
    defer { free(path) }
    return "`" + String(cString: path) + "`"
  }

  private static func stem(of path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return name }
    return String(name[..<dot])
  }
}
