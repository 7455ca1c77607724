internal import Glibc

/// Collects output and writes it in large pieces.
struct LineWriter {
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private let limit = 1 << 18

  init(_ descriptor: Int32) {
    self.descriptor = descriptor
    buffer.reserveCapacity(limit + 4096)
  }

  mutating func writeLine(_ text: String) throws(ConnectorError) {
    try writeLine { $0.append(contentsOf: text.utf8) }
  }

  /// Lets a caller append one line, and ends it.
  mutating func writeLine(_ append: (inout [UInt8]) -> Void) throws(ConnectorError) {
    append(&buffer)
    buffer.append(0x0A)
    if buffer.count >= limit { try flush() }
  }

  mutating func flush() throws(ConnectorError) {
    let failure = writeAll(buffer, to: descriptor)
    buffer.removeAll(keepingCapacity: true)
    switch failure {
    case 0: return
    case EPIPE: throw ConnectorError(.brokenPipe, "whoever read the output has gone away (broken pipe)")
    default: throw .system(.output, "cannot write the output", errno: failure)
    }
  }
}
