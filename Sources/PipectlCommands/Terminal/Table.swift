/// Columns of text, aligned by spaces; lines end without blanks.
struct Table {
  enum Alignment {
    case left
    case right
  }

  private var columns: [(title: String, alignment: Alignment)]
  private var rows: [[String]] = []

  init(_ columns: [(title: String, alignment: Alignment)]) {
    self.columns = columns
  }

  /// All columns aligned to the left.
  init(_ titles: [String]) {
    self.init(titles.map { ($0, .left) })
  }

  mutating func add(_ row: [String]) {
    rows.append(row)
  }

  /// One line a row, titles first.
  func lines(indent: String = "", paint: Paint = Paint(isOn: false)) -> [String] {
    let titles = columns.map(\.title)
    let widths = columns.indices.map { column in ([titles] + rows).map { width(of: $0[column]) }.max() ?? 0 }
    func line(_ cells: [String]) -> String {
      let padded = cells.enumerated().map { column, cell in
        let blank = String(repeating: " ", count: widths[column] - width(of: cell))
        return columns[column].alignment == .right ? blank + cell : cell + blank
      }
      var text = indent + padded.joined(separator: "  ")
      while text.utf8.last == UInt8(ascii: " ") { text.unicodeScalars.removeLast() }
      return text
    }
    return [paint.faint(line(titles))] + rows.map(line)
  }

  private func width(of text: String) -> Int { text.unicodeScalars.count }
}
