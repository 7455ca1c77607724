import Diagnostics

/// Words of users as GitHub's Markdown, in which none of them is a tag, a mention, a reference to an issue or a column.
enum MarkdownText {
  /// A sentence in which backticks quote, as in messages.
  static func prose(_ text: String, atMost limit: Int = 400) -> String {
    let parts = shortened(printable(text), to: limit).split(separator: "`", omittingEmptySubsequences: false)
    return parts.enumerated().map { index, part in
      if index % 2 == 0 { return escaped(part) }
      // An odd backtick quotes nothing.
      return index == parts.count - 1 ? "\\`" + escaped(part) : code(String(part))
    }.joined()
  }

  /// A span of code, fit for a cell of a table.
  static func code(_ text: String, atMost limit: Int = 400) -> String {
    let shown = shortened(printable(text), to: limit)
    guard !shown.isEmpty else { return "" }
    let ticks = String(repeating: "`", count: longestRun(of: "`", in: shown) + 1)
    let needsRoom = shown.hasPrefix("`") || shown.hasSuffix("`") || shown.hasPrefix(" ") && shown.hasSuffix(" ")
    let inner = needsRoom ? " \(shown) " : shown
    return ticks + inner.replacing("|", with: "\\|") + ticks
  }

  /// A block of code; nothing in it can end it.
  static func block(_ lines: [String], language: String = "") -> String {
    let shown = lines.map { shortened(printable($0), to: 400) }
    let ticks = String(repeating: "`", count: max(3, (shown.map { longestRun(of: "`", in: $0) }.max() ?? 0) + 1))
    return ([ticks + language] + shown + [ticks]).joined(separator: "\n")
  }

  private static func escaped(_ text: Substring) -> String {
    text.unicodeScalars.map { scalar in
      switch scalar {
      case "<": "&lt;"
      case ">": "&gt;"
      case "&": "&amp;"
      // Mentions and references are made from the finished text, where an escape is no longer seen; a comment parts it.
      case "@", "#": "\(scalar)<!-- -->"
      case "\\", "*", "_", "{", "}", "[", "]", "(", ")", "+", "!", "|", "~", "$", "-", "=": "\\\(scalar)"
      default: String(Character(scalar))
      }
    }.joined()
  }

  private static func shortened(_ text: String, to limit: Int) -> String {
    text.count > limit ? text.prefix(limit - 1) + "…" : text
  }

  private static func longestRun(of character: Character, in text: String) -> Int {
    text.split { $0 != character }.map(\.count).max() ?? 0
  }
}
