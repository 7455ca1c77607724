/// A comment for a pull request while it is written: it never grows beyond what GitHub takes.
struct MarkdownComment {
  /// In bytes. GitHub takes 65,536 characters; whoever posts the comment may want to add a line.
  static let limit = 60_000
  /// For the sentences that say what is left out, and for closing what is open.
  private static let reserve = 2_000

  private(set) var text: String

  /// - Parameter heading: short, whatever users wrote.
  init(_ marker: CommentMarker, heading: String) {
    text = "\(marker.text)\n## \(heading)\n"
  }

  /// Appends a block if there is room for it.
  @discardableResult
  mutating func add(_ block: String) -> Bool {
    guard text.utf8.count + block.utf8.count + 2 + Self.reserve <= Self.limit else { return false }
    append(block)
    return true
  }

  /// Appends the rows for which there is room, and says how many are left out.
  ///
  /// - Parameter bytes: how much of the comment the rows may take.
  mutating func addTable(_ titles: [String], _ rows: [[String]], atMost bytes: Int) {
    guard !rows.isEmpty else { return }
    var lines = [line(titles), line(titles.map { _ in "---" })]
    var room = min(bytes, Self.limit - Self.reserve - text.utf8.count)
    for row in rows {
      room -= line(row).utf8.count + 1
      guard room > 0 else { break }
      lines.append(line(row))
    }
    append(lines.joined(separator: "\n"))
    if lines.count - 2 < rows.count { append("… and \(rows.count - lines.count + 2) more.") }
  }

  /// Appends a collapsed section with the blocks for which there is room.
  ///
  /// - Parameter more: how what is left out can be seen.
  mutating func addSection(_ summary: String, _ blocks: some Collection<String>, more: String) {
    guard !blocks.isEmpty, add("<details><summary>\(summary)</summary>") else { return }
    let end = blocks.firstIndex { !add($0) } ?? blocks.endIndex
    let left = blocks.distance(from: end, to: blocks.endIndex)
    if left > 0 { append("… and \(left) more: \(more)") }
    append("</details>")
  }

  private mutating func append(_ block: String) {
    text += "\n\(block)\n"
  }

  private func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
}
