import Diagnostics

/// What is said about one of libyaml's problems.
struct SyntaxWording {
  var code = DiagnosticCode.syntaxError
  let headline: String
  var label: String?
  /// Said of the place where the construct began; nil where that place says nothing.
  var opening: String?
  /// The beginning is the mistake, not the place where reading stopped.
  var pointsAtOpening = false
  var help: String?

  /// For what libyaml calls a missing key, in the middle of a line.
  static let trailing = SyntaxWording(
    headline: "more text behind a value that has ended", label: "this does not belong to it",
    help: "quote the whole text, or begin a new line")

  static let tab = SyntaxWording(
    code: .tabIndentation, headline: "a tab cannot indent", label: "tab", help: "indent with spaces")

  private static let indentation = "keys of one mapping start in the same column; check the indentation"

  init(
    code: DiagnosticCode = .syntaxError, headline: String, label: String? = nil, opening: String? = nil,
    pointsAtOpening: Bool = false, help: String? = nil
  ) {
    self.code = code
    self.headline = headline
    self.label = label
    self.opening = opening
    self.pointsAtOpening = pointsAtOpening
    self.help = help
  }

  init(problem: String, context: String) {
    self =
      Self.structure(problem) ?? Self.unfinished(problem, context) ?? Self.character(problem) ?? Self.directive(problem)
      ?? SyntaxWording(headline: "this is not YAML: \(problem)")
  }

  private static func structure(_ problem: String) -> SyntaxWording? {
    switch problem {
    case "mapping values are not allowed in this context":
      SyntaxWording(
        headline: "a `:` cannot stand here", label: "a second `:` in one line, or a wrong indentation",
        help: "quote a text that contains `: `; otherwise check the indentation")
    case "did not find expected key":
      SyntaxWording(
        headline: "a key is expected here", label: "not a key of it", opening: "this mapping", help: indentation)
    case "did not find expected '-' indicator":
      SyntaxWording(
        headline: "a `-` is expected here", label: "not an item of it", opening: "this list",
        help: "items of one list start in the same column; check the indentation")
    case "could not find expected ':'":
      SyntaxWording(
        headline: "a key without a `:`", opening: "this key", pointsAtOpening: true,
        help: "write `key: value`, with a space")
    case "did not find expected ',' or '}'":
      SyntaxWording(
        headline: "a `,` or a `}` is expected here", opening: "opened here", help: "close the mapping with `}`")
    case "did not find expected ',' or ']'":
      SyntaxWording(
        headline: "a `,` or a `]` is expected here", opening: "opened here", help: "close the list with `]`")
    case "did not find expected node content":
      SyntaxWording(headline: "a value is expected here")
    case "block sequence entries are not allowed in this context":
      SyntaxWording(headline: "a list cannot begin here", help: "begin it on a line of its own")
    case "mapping keys are not allowed in this context":
      SyntaxWording(headline: "a key cannot stand here", help: indentation)
    case "did not find expected <document start>":
      SyntaxWording(
        headline: "a document is expected to begin here", help: "begin it with a line `---`, or check the indentation")
    default: nil
    }
  }

  private static func unfinished(_ problem: String, _ context: String) -> SyntaxWording? {
    switch (problem, context) {
    case ("found unexpected end of stream", _), ("found unexpected document indicator", _):
      SyntaxWording(
        headline: "this quote is never closed", opening: "opened here", pointsAtOpening: true,
        help: "add the closing quote")
    case (_, "while scanning a block scalar"):
      SyntaxWording(
        headline: "this block text is not well formed",
        help: "write only `|`, `>`, with `-` or `+`, and indent its lines with spaces")
    case (_, "while scanning an alias"):
      SyntaxWording(
        headline: "`*` begins the name of an alias, and this is none", help: "quote a text that starts with `*`")
    case (_, "while scanning an anchor"):
      SyntaxWording(
        headline: "`&` begins the name of an anchor, and this is none", help: "quote a text that starts with `&`")
    case (_, "while scanning a tag"), (_, "while parsing a tag"), ("found undefined tag handle", _):
      SyntaxWording(code: .tag, headline: "a tag cannot stand in a manifest", help: "quote a text that starts with `!`")
    default: nil
    }
  }

  private static func character(_ problem: String) -> SyntaxWording? {
    switch problem {
    case "found character that cannot start any token":
      SyntaxWording(
        headline: "a text cannot start with this character", label: "reserved by YAML", help: "quote the text")
    case "found unknown escape character":
      SyntaxWording(
        headline: "an escape that YAML does not know", help: "write `\\\\` for a backslash, or use single quotes")
    case "did not find expected hexdecimal number", "found invalid Unicode character escape code":
      SyntaxWording(
        headline: "an escape that names no character", help: "write `\\\\` for a backslash, or use single quotes")
    case "found a tab character that violates indentation",
      "found a tab character where an indentation space is expected":
      tab
    default: nil
    }
  }

  private static func directive(_ problem: String) -> SyntaxWording? {
    switch problem {
    case "found unknown directive name", "found incompatible YAML document", "found duplicate %YAML directive",
      "found duplicate %TAG directive", "could not find expected directive name", "found extremely long version number",
      "found unexpected non-alphabetical character", "did not find expected digit or '.' character",
      "did not find expected version number":
      SyntaxWording(
        code: .directive, headline: "this directive cannot stand in a manifest", opening: "this line",
        pointsAtOpening: true,
        help: "remove the line; quote a text that starts with `%`")
    default: nil
    }
  }
}
