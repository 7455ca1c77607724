internal import Glibc
internal import SingerProtocol

/// One stream's file, appended to in whole lines.
final class JSONLFile {
  private let path: String
  private let descriptor: Int32
  private var writer: LineWriter
  private var isDirty = false

  init(folder: String, stream: String, overwrites: Bool) throws(ConnectorError) {
    try makeFolder(folder)
    path = folder + "/" + Self.fileName(stream)
    let flags = O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | (overwrites ? O_TRUNC : 0)
    descriptor = open(path, flags, 0o644)
    guard descriptor >= 0 else { throw .system(.output, "cannot open `\(path)`", errno: errno) }
    writer = LineWriter(descriptor)
    try mendLastLine()
    try syncFolder(folder)
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  func append(_ record: JSONValue) throws(ConnectorError) {
    isDirty = true
    try writer.writeLine { record.write(to: &$0) }
  }

  /// Returns when the lines are on the disk.
  func commit() throws(ConnectorError) {
    guard isDirty else { return }
    try writer.flush()
    guard fsync(descriptor) == 0 else { throw .system(.output, "cannot flush `\(path)` to the disk", errno: errno) }
    isDirty = false
  }

  /// A run that was killed may have left the beginning of a line; it was never confirmed and comes again. A whole one only lacks its end.
  private func mendLastLine() throws(ConnectorError) {
    let size = lseek(descriptor, 0, SEEK_END)
    guard size > 0 else { return }
    let start = try lastLineStart(before: size)
    guard start < size else { return }
    if try isJSON(from: start, to: size) {
      try writer.writeLine("")
      try writer.flush()
    } else if ftruncate(descriptor, start) != 0 {
      throw .system(.output, "cannot shorten `\(path)`", errno: errno)
    }
  }

  private func isJSON(from start: Int, to end: Int) throws(ConnectorError) -> Bool {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: end - start, alignment: 16)
    defer { buffer.deallocate() }
    guard pread(descriptor, buffer.baseAddress, end - start, start) == end - start else {
      throw .system(.output, "cannot read `\(path)`", errno: errno)
    }
    do {
      _ = try JSONValue(parsing: UnsafeRawBufferPointer(buffer))
      return true
    } catch {
      return false
    }
  }

  /// Where the text behind the last line end begins.
  private func lastLineStart(before size: Int) throws(ConnectorError) -> Int {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { buffer.deallocate() }
    var end = size
    while end > 0 {
      let start = max(0, end - buffer.count)
      guard pread(descriptor, buffer.baseAddress, end - start, start) == end - start else {
        throw .system(.output, "cannot read `\(path)`", errno: errno)
      }
      if let newline = buffer[..<(end - start)].lastIndex(of: 0x0A) { return start + newline + 1 }
      end = start
    }
    return 0
  }

  private func syncFolder(_ folder: String) throws(ConnectorError) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system(.output, "cannot open folder `\(folder)`", errno: errno) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw .system(.output, "cannot flush folder `\(folder)`", errno: errno) }
  }

  /// A stream's name, with what is special in a path written as `%` and two digits.
  static func fileName(_ stream: String) -> String {
    var bytes: [UInt8] = []
    for byte in stream.utf8 {
      if byte < 0x20 || [0x2F, 0x25].contains(byte) || (bytes.isEmpty && byte == 0x2E) {
        bytes.append(contentsOf: ("%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)).utf8)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self) + ".jsonl"
  }
}
