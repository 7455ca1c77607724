public import EngineAPI
internal import Glibc

/// Reads a run's log as it grows.
public struct LogTail: Sendable {
  private let path: String
  private var position: Int

  /// Begins at the log's beginning, or that many bytes before its present end.
  public init(_ path: String, lastBytes: Int? = nil) {
    self.path = path
    position = 0
    var status = stat()
    if let lastBytes, stat(path, &status) == 0 { position = max(0, Int(status.st_size) - lastBytes) }
    if position > 0 { isInsideLine = true }
  }

  /// Whether the text up to the next line end belongs to a line whose beginning was left out.
  private var isInsideLine = false

  /// The whole lines that were added since the last time. A log that was cut meanwhile goes on near its end: it says itself what it left out.
  public mutating func next() throws(EngineError) -> [String] {
    do {
      return try read()
    } catch {
      throw EngineError(.unavailable, "\(path): \(error)", .retryable)
    }
  }

  private mutating func read() throws(PosixError) -> [String] {
    guard Files.exists(path) else { return [] }
    let file = try FileDescriptor(opening: path, O_RDONLY)
    let size = Int(lseek(file.number, 0, SEEK_END))
    if size < position {
      position = max(0, size - 64 * 1024)
      isInsideLine = position > 0
    }
    guard lseek(file.number, off_t(position), SEEK_SET) >= 0 else { throw PosixError("read \(path)") }
    let bytes = try file.readAll(path)
    guard let end = bytes.lastIndex(of: 0x0A) else { return [] }
    position += end + 1
    let lines = bytes[..<end].split(separator: 0x0A, omittingEmptySubsequences: false)
    defer { isInsideLine = false }
    return lines.dropFirst(isInsideLine ? 1 : 0).map { String(decoding: $0, as: UTF8.self) }
  }
}
