internal import Glibc
internal import SingerProtocol

/// Runs the `jsonl` target over a checked config; `dropsFirst` empties each stream's file first, whatever the config says.
func runJSONLTarget(
  _ config: JSONValue, _ streams: ConnectorStreams, dropsFirst: Bool
) throws(ConnectorError) {
  let sink = JSONLSink(
    folder: config["folder"]?.stringValue ?? "", overwrites: dropsFirst || config["overwrite"]?.boolValue ?? false)
  var session = TargetSession(sink, streams, batchRows: 100_000)
  try session.run()
}

/// A file of JSON lines for each stream.
private struct JSONLSink: TargetSink {
  let folder: String
  let overwrites: Bool
  private(set) var uncommittedRows = 0
  private var schemas: [String: RecordSchema] = [:]
  private var files: [String: JSONLFile] = [:]

  init(folder: String, overwrites: Bool) {
    self.folder = folder
    self.overwrites = overwrites
  }

  mutating func accept(_ schema: SchemaMessage) throws(ConnectorError) {
    schemas[schema.stream] = try RecordSchema(schema)
    guard files[schema.stream] == nil else { return }
    files[schema.stream] = try JSONLFile(folder: folder, stream: schema.stream, overwrites: overwrites)
  }

  mutating func accept(_ record: RecordMessage) throws(ConnectorError) {
    try schemas[record.stream]?.check(record)
    try files[record.stream]?.append(.object(record.record))
    uncommittedRows += 1
  }

  /// A file that is appended to keeps what it has.
  func activate(version: Int, of stream: String) {}

  mutating func commit() throws(ConnectorError) {
    for stream in files.keys.sorted() { try files[stream]?.commit() }
    uncommittedRows = 0
  }
}
