internal import SingerProtocol

/// Reads messages, hands them to a sink, and prints a state only when everything before it is durable.
struct TargetSession<Sink: TargetSink> {
  private var sink: Sink
  private let lines: LineReader
  private var output: LineWriter
  private let streams: ConnectorStreams
  private let batchRows: Int
  private var pendingState: JSONValue?
  private var knownStreams: Set<String> = []
  private var ignoredTypes: Set<String> = []
  private var lastCommit = ContinuousClock.now

  init(_ sink: Sink, _ streams: ConnectorStreams, batchRows: Int) {
    self.sink = sink
    self.streams = streams
    self.batchRows = batchRows
    lines = LineReader(streams.input)
    output = LineWriter(streams.output)
  }

  /// Runs until the input ends; then everything is committed and the last state printed.
  mutating func run() throws(ConnectorError) {
    while true {
      if pendingState != nil, lines.wouldWait { try commit() }
      guard let line = try lines.next() else { break }
      try handle(line)
      if isCommitDue { try commit() }
    }
    try commit()
  }

  /// A state is confirmed within a second of its arrival, and rows in batches.
  private var isCommitDue: Bool {
    if sink.uncommittedRows >= batchRows { return true }
    return pendingState != nil && ContinuousClock.now - lastCommit >= .seconds(1)
  }

  private mutating func commit() throws(ConnectorError) {
    try sink.commit()
    lastCommit = ContinuousClock.now
    guard let state = pendingState else { return }
    pendingState = nil
    try output.writeLine(state.text)
    try output.flush()
  }

  private mutating func handle(_ line: UnsafeRawBufferPointer) throws(ConnectorError) {
    let message: SingerMessage
    do {
      message = try SingerMessage(line: line)
    } catch {
      throw ConnectorError(.input, "line \(lines.lineNumber) of the input: \(error)")
    }
    do {
      try accept(message)
    } catch {
      throw ConnectorError(error.code, "line \(lines.lineNumber) of the input: \(error.message)")
    }
  }

  private mutating func accept(_ message: SingerMessage) throws(ConnectorError) {
    switch message {
    case .schema(let schema):
      knownStreams.insert(schema.stream)
      try sink.accept(schema)
    case .record(let record):
      try requireSchema(of: record.stream, "a record")
      try sink.accept(record)
    case .activateVersion(let stream, let version):
      try requireSchema(of: stream, "a version")
      try sink.activate(version: version, of: stream)
    case .state(let value): pendingState = value
    case .batch(let stream, _):
      throw ConnectorError(
        .input, "stream `\(stream)` sends BATCH messages, which this target does not read; switch them off in the tap")
    case .other(let type):
      if ignoredTypes.insert(type).inserted {
        streams.log(.warning, "messages of the unknown type `\(type)` are ignored")
      }
    }
  }

  private func requireSchema(of stream: String, _ what: String) throws(ConnectorError) {
    guard !knownStreams.contains(stream) else { return }
    throw ConnectorError(.input, "\(what) of stream `\(stream)` before its schema")
  }
}
