import Foundation

/// The figures as a table, for a terminal and for a page.
struct FigureTable {
  let figures: [Figure]
  /// Whether the bounds are meant for such figures; those of a tiny run mean nothing.
  let isJudged: Bool

  var text: String {
    let rows =
      [["figure", "pipectl", "beside it", "", "result", "bound", ""]]
      + figures.map { row($0) + [isJudged ? $0.verdict : ""] }
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { cells in
      zip(cells, widths).map { $0.padding(toLength: max($0.count, $1), withPad: " ", startingAt: 0) }
        .joined(separator: "  ").trimmingCharacters(in: .whitespaces)
    }.joined(separator: "\n")
  }

  /// Markdown, with the day and the machine under it.
  func markdown(onlyHeadlines: Bool) -> String {
    let shown = figures.filter { $0.isHeadline || !onlyHeadlines }
    let head = "| figure | pipectl | beside it | result | bound |\n| --- | --- | --- | --- | --- |\n"
    let lines = shown.map { figure in
      let beside = figure.baseline.map { "\($0) (\(figure.baselineName))" } ?? "–"
      let bound = figure.isKept ? "\(figure.bound)" : "\(figure.bound), **missed**"
      let cells = [figure.name, "\(figure.ours)", beside, "\(figure.result)", bound]
      return "| " + cells.map { $0.replacingOccurrences(of: "|", with: "\\|") }.joined(separator: " | ") + " |"
    }
    return head + lines.joined(separator: "\n") + "\n\n" + Machine.sentence + "\n"
  }

  private func row(_ figure: Figure) -> [String] {
    [
      figure.name, "\(figure.ours)", figure.baseline.map { "\($0)" } ?? "–", figure.baselineName, "\(figure.result)",
      "\(figure.bound)",
    ]
  }

  private static let begin = "<!-- figures: written by `make bench RECORD=1` -->\n"
  private static let end = "<!-- end of figures -->"

  /// Puts the table between the marks of a page.
  func record(in path: String, onlyHeadlines: Bool) throws {
    let page = try String(contentsOfFile: path, encoding: .utf8)
    guard let first = page.range(of: Self.begin), let last = page.range(of: Self.end),
      first.upperBound <= last.lowerBound
    else { throw BenchError("\(path) has no marks for the table") }
    let table = "\n" + markdown(onlyHeadlines: onlyHeadlines) + "\n"
    try page.replacingCharacters(in: first.upperBound..<last.lowerBound, with: table)
      .write(toFile: path, atomically: true, encoding: .utf8)
  }
}
