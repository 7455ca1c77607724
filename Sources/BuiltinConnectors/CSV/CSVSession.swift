internal import Glibc
internal import SingerProtocol

/// Reads tables and writes messages, one stream after the other.
struct CSVSession {
  /// Only what may be stored once everything before it has been loaded.
  private var state: StateDocument
  private var output: LineWriter
  private let settings: CSVSettings
  private let stop: StopFlag

  init(state: StateDocument, output: LineWriter, settings: CSVSettings, stop: StopFlag) {
    self.state = state
    self.output = output
    self.settings = settings
    self.stop = stop
  }

  /// Reads one table, until its end or until asked to stop.
  mutating func read(_ plan: CSVStreamPlan, warn: (String) -> Void) throws(ConnectorError) {
    switch plan.replication {
    case .full(let version): try readAll(plan, version)
    case .incremental(let key): try readNewer(plan, key, warn)
    }
  }

  /// Writes the last state.
  mutating func finish() throws(ConnectorError) {
    try writeState()
  }

  private mutating func readAll(_ plan: CSVStreamPlan, _ version: Int) throws(ConnectorError) {
    try writeSchema(plan, bookmark: nil)
    let encoder = CSVRecordEncoder(plan, version: version)
    try plan.table.forEachRow(plan.header) { (row, path) throws(ConnectorError) in
      guard !stop.isSet else { return false }
      try emit(row, path, encoder)
      return true
    }
    guard !stop.isSet else { return }
    try output.writeLine(SingerMessage.activateVersion(stream: plan.table.stream, version: version).line)
    try writeState()
  }

  private mutating func readNewer(
    _ plan: CSVStreamPlan, _ key: CSVColumn, _ warn: (String) -> Void
  ) throws(ConnectorError) {
    var progress = try IncrementalProgress(plan, key, state, warn)
    let encoder = CSVRecordEncoder(plan, version: nil)
    try writeSchema(plan, bookmark: key.name)
    try plan.table.forEachRow(plan.header) { (row, path) throws(ConnectorError) in
      guard !stop.isSet else { return false }
      guard try progress.takes(row, path) else { return true }
      try emit(row, path, encoder)
      if progress.isSorted, progress.records.isMultiple(of: settings.stateEveryRecords) {
        state = progress.advance(state)
        try writeState()
      }
      return true
    }
    if !stop.isSet || progress.isSorted { state = progress.advance(state) }
    if !stop.isSet { try writeState() }
  }

  private mutating func emit(_ row: CSVRow, _ path: String, _ encoder: CSVRecordEncoder) throws(ConnectorError) {
    let line = try encoder.line(row, path)
    try output.writeLine { $0.append(contentsOf: line) }
    guard settings.delayMilliseconds > 0 else { return }
    try output.flush()
    usleep(UInt32(clamping: settings.delayMilliseconds * 1000))
  }

  private mutating func writeSchema(_ plan: CSVStreamPlan, bookmark: String?) throws(ConnectorError) {
    let message = SchemaMessage(
      stream: plan.table.stream, schema: schema(of: plan.columns), keyProperties: plan.table.keys,
      bookmarkProperties: bookmark.map { [$0] } ?? [])
    try output.writeLine(SingerMessage.schema(message).line)
  }

  private mutating func writeState() throws(ConnectorError) {
    try output.writeLine(SingerMessage.state(state.value).line)
    try output.flush()
  }
}
