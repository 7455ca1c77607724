/// The descriptors a connector speaks over.
struct ConnectorStreams: Sendable {
  let input: Int32
  let output: Int32
  let errors: Int32

  static let standard = ConnectorStreams(input: 0, output: 1, errors: 2)

  func log(_ level: LogLevel, _ message: String) {
    let oneLine = message.split(whereSeparator: \.isNewline).joined(separator: " ")
    // A log line that cannot be written has nowhere else to go; the exit code still tells the outcome.
    _ = writeAll(Array("\(level.rawValue) \(oneLine)\n".utf8), to: errors)
  }
}
