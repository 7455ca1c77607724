internal import Glibc

/// Reads the rows of one CSV file by RFC 4180, in constant memory apart from the longest row.
///
/// Line ends are LF, CRLF or CR; blank lines and a byte order mark are skipped; a quotation mark in the middle of an unquoted field is text.
final class CSVReader {
  let path: String
  private let descriptor: Int32
  private let delimiter: UInt8
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
  private var position = 0
  private var end = 0
  private var line = 1

  private enum FieldEnd { case delimiter, row, file }

  init(path: String, delimiter: UInt8) throws(ConnectorError) {
    self.path = path
    self.delimiter = delimiter
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system(.input, "cannot open `\(path)`", errno: errno) }
    try skipByteOrderMark()
  }

  deinit {
    buffer.deallocate()
    if descriptor >= 0 { close(descriptor) }
  }

  /// Reads the next row; false at the end of the file.
  func next(into row: inout CSVRow) throws(ConnectorError) -> Bool {
    repeat {
      row.clear(line: line)
      guard try current() != nil else { return false }
      while try field(into: &row) == .delimiter {}
    } while row.isBlank
    return true
  }

  private func field(into row: inout CSVRow) throws(ConnectorError) -> FieldEnd {
    if try current() == UInt8(ascii: "\"") {
      try quotedText(into: &row)
      row.endField(quoted: true)
    } else {
      try plainText(into: &row)
      row.endField(quoted: false)
    }
    return try fieldEnd()
  }

  private func plainText(into row: inout CSVRow) throws(ConnectorError) {
    while try current() != nil {
      let start = position
      while position < end {
        let byte = buffer[position]
        if byte == delimiter || byte == 0x0A || byte == 0x0D { break }
        position += 1
      }
      row.append(UnsafeRawBufferPointer(rebasing: buffer[start..<position]))
      if position < end { return }
    }
  }

  private func quotedText(into row: inout CSVRow) throws(ConnectorError) {
    let firstLine = line
    position += 1
    while true {
      guard try current() != nil, let base = buffer.baseAddress else {
        throw failure("the quoted field that begins here is never closed", at: firstLine)
      }
      let start = position
      let quote = memchr(base + start, 0x22, end - start).map { UnsafeRawPointer($0) - UnsafeRawPointer(base) }
      let run = UnsafeRawBufferPointer(rebasing: buffer[start..<(quote ?? end)])
      row.append(run)
      countLines(in: run)
      position = quote.map { $0 + 1 } ?? end
      guard quote != nil else { continue }
      guard try current() == UInt8(ascii: "\"") else { return }
      row.append(UnsafeRawBufferPointer(rebasing: buffer[position..<position + 1]))
      position += 1
    }
  }

  private func fieldEnd() throws(ConnectorError) -> FieldEnd {
    guard let byte = try current() else { return .file }
    switch byte {
    case delimiter:
      position += 1
      return .delimiter
    case 0x0A:
      position += 1
    case 0x0D:
      position += 1
      if try current() == 0x0A { position += 1 }
    default:
      throw failure(
        "text follows the closing quotation mark of a field; a quotation mark inside is written twice", at: line)
    }
    line += 1
    return .row
  }

  private func countLines(in run: UnsafeRawBufferPointer) {
    var rest = run
    while let base = rest.baseAddress, let found = memchr(base, 0x0A, rest.count) {
      line += 1
      rest = UnsafeRawBufferPointer(rebasing: rest[(UnsafeRawPointer(found) - base + 1)...])
    }
  }

  /// The byte at hand; nil at the end of the file.
  private func current() throws(ConnectorError) -> UInt8? {
    if position < end { return buffer[position] }
    guard let count = readSome(from: descriptor, into: buffer) else {
      throw .system(.input, "cannot read `\(path)`", errno: errno)
    }
    position = 0
    end = count
    return count > 0 ? buffer[0] : nil
  }

  private func skipByteOrderMark() throws(ConnectorError) {
    guard try current() != nil, end >= 3 else { return }
    if buffer[0] == 0xEF, buffer[1] == 0xBB, buffer[2] == 0xBF { position = 3 }
  }

  private func failure(_ reason: String, at line: Int) -> ConnectorError {
    ConnectorError(.input, "\(path):\(line): \(reason)")
  }
}
