internal import Glibc
internal import PipelineModel

/// Reads a journal as it grows: each time only what is new, whole lines only.
struct JournalReader: Sendable {
  private(set) var history = RunHistory()
  /// Bytes that were read.
  private(set) var position: Int64 = 0

  /// Takes in what was appended since the last time; a missing journal is an empty one.
  mutating func catchUp(with path: String) throws(PosixError) {
    guard Files.exists(path) else {
      self = JournalReader()
      return
    }
    let file = try FileDescriptor(opening: path, O_RDONLY)
    if Int64(lseek(file.number, 0, SEEK_END)) < position { self = JournalReader() }
    guard lseek(file.number, off_t(position), SEEK_SET) >= 0 else { throw PosixError("read \(path)") }
    let bytes = try file.readAll(path)
    guard let end = bytes.lastIndex(of: 0x0A) else { return }
    for line in bytes[...end].split(separator: 0x0A) {
      if let line = JournalLine(line: line) { history.add(line) }
    }
    position += Int64(end + 1)
  }
}
