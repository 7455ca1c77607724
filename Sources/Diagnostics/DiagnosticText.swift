/// One diagnostic as text: headline, places with their source lines, notes, help.
struct DiagnosticText {
  private let diagnostic: Diagnostic
  private let sources: [String: [UInt8]]
  private let palette: Palette
  private let gutter: Int

  init(_ diagnostic: Diagnostic, sources: [String: [UInt8]], palette: Palette) {
    self.diagnostic = diagnostic
    self.sources = sources
    self.palette = palette
    let ranges = [diagnostic.primary].compactMap(\.self) + diagnostic.secondary.map(\.range)
    gutter = ranges.map { String($0.start.line).count }.max() ?? 0
  }

  var text: String {
    ([headline] + places + remarks).map { $0 + "\n" }.joined()
  }

  private var severity: Palette.Role {
    switch diagnostic.severity {
    case .error: .error
    case .warning: .warning
    }
  }

  private var headline: String {
    palette.paint("\(diagnostic.severity.rawValue)[\(diagnostic.code)]", severity)
      + palette.paint(": \(printable(diagnostic.headline))", .headline)
  }

  private var remarks: [String] {
    let bullet = String(repeating: " ", count: gutter + 1) + palette.paint("=", .frame)
    let notes = diagnostic.notes.map { "\(bullet) \(palette.paint("note", .headline)): \(printable($0))" }
    let help = diagnostic.help.map { "\(bullet) \(palette.paint("help", .headline)): \(printable($0.text))" }
    return notes + [help].compactMap(\.self)
  }

  /// The primary range's file first, then the others as they are named.
  private var places: [String] {
    let marks =
      [diagnostic.primary.map { SourceMark(range: $0, label: diagnostic.label, isPrimary: true) }].compactMap(\.self)
      + diagnostic.secondary.map { SourceMark(range: $0.range, label: $0.label, isPrimary: false) }
    var files: [String] = []
    for mark in marks where !files.contains(mark.range.file) { files.append(mark.range.file) }
    return files.flatMap { file in block(of: marks.filter { $0.range.file == file }, in: file) }
  }

  private func block(of marks: [SourceMark], in file: String) -> [String] {
    guard let source = sources[file] else {
      return marks.map { arrow($0) + ($0.isPrimary ? "" : " (\(printable($0.label ?? "")))") }
    }
    guard let first = marks.first else { return [] }
    return [arrow(first), frame()] + excerpt(marks, of: source)
  }

  private func arrow(_ mark: SourceMark) -> String {
    let start = mark.range.start
    return String(repeating: " ", count: gutter) + palette.paint("-->", .frame)
      + " \(printable(mark.range.file)):\(start.line):\(start.column)"
  }

  /// The lines of the marks in the order of the text, each with what is marked in it.
  private func excerpt(_ marks: [SourceMark], of source: [UInt8]) -> [String] {
    var rows: [String] = []
    var shown: SourceLine?
    for mark in marks.sorted(by: { ($0.range.start, $0.isPrimary ? 0 : 1) < ($1.range.start, $1.isPrimary ? 0 : 1) }) {
      let line = SourceLine(around: mark.range, in: source)
      if line != shown {
        if let last = shown?.number, line.number > last + 1 { rows.append(palette.paint("...", .frame)) }
        rows.append(frame(line.number, line.text))
        shown = line
      }
      rows.append(frame(nil, underline(mark, in: line)))
    }
    return rows
  }

  private func underline(_ mark: SourceMark, in line: SourceLine) -> String {
    let cells = line.cells(of: mark.range)
    let strokes = String(repeating: mark.isPrimary ? "^" : "-", count: max(1, cells.count))
    let label = mark.label.map { " " + printable($0) } ?? ""
    return String(repeating: " ", count: cells.lowerBound)
      + palette.paint(strokes + label, mark.isPrimary ? severity : .frame)
  }

  private func frame(_ number: Int? = nil, _ text: String = "") -> String {
    let digits = number.map(String.init) ?? ""
    let margin = String(repeating: " ", count: max(0, gutter - digits.count)) + digits + " |"
    return palette.paint(margin, .frame) + (text.isEmpty ? "" : " " + text)
  }
}
