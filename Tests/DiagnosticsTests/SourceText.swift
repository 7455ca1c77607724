import Diagnostics

/// A source of a test and the ranges in it, found by the text that stands there.
struct SourceText {
  let file: String
  let text: String

  init(_ file: String, _ text: String) {
    self.file = file
    self.text = text
  }

  var bytes: [UInt8] { Array(text.utf8) }

  /// The place of `part` behind the first `marker`.
  func range(of part: String, behind marker: String = "") -> SourceRange {
    let from = marker.isEmpty ? 0 : offset(of: marker, from: 0) + marker.utf8.count
    let start = offset(of: part, from: from)
    return SourceRange(file: file, start: position(start), end: position(start + part.utf8.count))
  }

  private func offset(of part: String, from start: Int) -> Int {
    let wanted = Array(part.utf8)
    return (start...max(start, bytes.count - wanted.count)).first { bytes[$0...].starts(with: wanted) } ?? bytes.count
  }

  private func position(_ offset: Int) -> SourcePosition {
    let head = String(decoding: bytes[..<offset], as: UTF8.self)
    let lines = head.split(separator: "\n", omittingEmptySubsequences: false)
    return SourcePosition(line: lines.count, column: (lines.last?.unicodeScalars.count ?? 0) + 1, offset: offset)
  }
}
