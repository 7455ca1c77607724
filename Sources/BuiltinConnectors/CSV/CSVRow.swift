/// The fields of one row, reused from row to row.
struct CSVRow {
  /// Line of the file on which the row begins, from 1.
  var line = 1
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  private var quoted: [Bool] = []

  var count: Int { ends.count }

  mutating func clear(line: Int) {
    self.line = line
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    quoted.removeAll(keepingCapacity: true)
  }

  mutating func append(_ run: UnsafeRawBufferPointer) { bytes.append(contentsOf: run) }

  mutating func endField(quoted isQuoted: Bool) {
    ends.append(bytes.count)
    quoted.append(isQuoted)
  }

  /// A line with nothing on it, not even quotation marks.
  var isBlank: Bool { count == 1 && bytes.isEmpty && !quoted[0] }

  func isEmpty(_ index: Int) -> Bool { ends[index] == start(of: index) }

  /// Whether a field is `""`, as against nothing at all.
  func isQuoted(_ index: Int) -> Bool { quoted[index] }

  /// Nil where the field is not UTF-8.
  func text(_ index: Int) -> String? {
    bytes.withUnsafeBufferPointer { buffer in
      String(validating: UnsafeBufferPointer(rebasing: buffer[start(of: index)..<ends[index]]), as: UTF8.self)
    }
  }

  private func start(of index: Int) -> Int { index == 0 ? 0 : ends[index - 1] }
}
