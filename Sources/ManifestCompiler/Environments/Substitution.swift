import Diagnostics
import ManifestSyntax

/// Puts the variables of the chosen environment into the texts of a manifest.
struct Substitution {
  /// Nil where no environment is chosen.
  let environment: ChosenEnvironment?
  private(set) var uses: [SourceRange: [Provenance.VariableUse]] = [:]
  /// The places of values that hold a variable without a value.
  private(set) var unsettled: Set<SourceRange> = []
  private(set) var report = Report()

  init(_ environment: ChosenEnvironment?) {
    self.environment = environment
  }

  /// The manifest with its `spec` substituted; names are never built from variables.
  mutating func document(_ root: SyntaxNode) -> SyntaxNode {
    guard case .mapping(let entries) = root.content else { return root }
    let mended = entries.map { entry in
      entry.key == "spec" ? SyntaxEntry(key: entry.key, keyRange: entry.keyRange, value: node(entry.value)) : entry
    }
    return SyntaxNode(range: root.range, content: .mapping(mended))
  }

  private mutating func node(_ node: SyntaxNode) -> SyntaxNode {
    switch node.content {
    case .null, .bool, .int, .float: return node
    case .string(let text, _): return text.utf8.contains(UInt8(ascii: "$")) ? scalar(text, node) : node
    case .sequence(let items):
      return SyntaxNode(range: node.range, content: .sequence(items.map { self.node($0) }))
    case .mapping(let entries):
      let mended = entries.map { SyntaxEntry(key: $0.key, keyRange: $0.keyRange, value: self.node($0.value)) }
      return SyntaxNode(range: node.range, content: .mapping(mended))
    }
  }

  /// A text that is exactly one variable takes the variable's type.
  private mutating func scalar(_ text: String, _ node: SyntaxNode) -> SyntaxNode {
    let pieces = VariableText.pieces(of: text)
    if case .variable(let name, let place)? = pieces.first, pieces.count == 1 {
      guard let variable = variable(name, place, in: node) else {
        unsettled.insert(node.range)
        return node
      }
      return SyntaxNode(range: node.range, content: variable.value.content)
    }
    // Positions inside a value that was built no longer speak of the text that was written: a block's are never taken.
    let texts = pieces.map { self.text(of: $0, in: node) }
    if texts.contains(nil) { unsettled.insert(node.range) }
    let built = texts.compactMap { $0 }.joined()
    return SyntaxNode(range: node.range, content: .string(built, style: .block))
  }

  private mutating func text(of piece: VariableText.Piece, in node: SyntaxNode) -> String? {
    switch piece {
    case .text(let text): return text
    case .variable(let name, let place):
      guard let variable = variable(name, place, in: node) else { return nil }
      guard let text = variable.value.content.plainText else {
        report.add(
          Diagnostic(
            .secretInText, "`\(name)` is a reference to a secret and cannot be part of a longer text",
            at: range(of: place, in: node), secondary: [LabelledRange(variable.value.range, "set here")],
            help: Help("make the variable the whole value: \"${\(name)}\"")))
        return nil
      }
      return text
    case .malformed(let place):
      report.add(
        Diagnostic(
          .malformedVariable, "`${` does not begin a variable", at: range(of: place, in: node),
          help: Help("write `${name}` with letters, digits and `_`, or `$${` for the characters themselves")))
      return nil
    }
  }

  private mutating func variable(_ name: String, _ place: Range<Int>, in node: SyntaxNode) -> ChosenEnvironment
    .Variable?
  {
    guard let variable = environment?.variables.first(where: { $0.name == name }) else {
      reportUnset(name, at: range(of: place, in: node))
      return nil
    }
    uses[node.range, default: []].append(.init(name: name, definition: variable.value.range))
    return variable
  }

  private mutating func reportUnset(_ name: String, at place: SourceRange) {
    guard let environment else {
      report.add(
        Diagnostic(
          .unsetVariable, "the variable `\(name)` has no value: no environment is chosen", at: place,
          help: Help("choose one with `--env NAME`, or write `$${\(name)}` for the characters themselves")))
      return
    }
    guard environment.document != nil else { return }
    let known = environment.variables.map(\.name)
    let help = nearest(name, among: known).map { Help("did you mean `${\($0)}`?", replacement: "${\($0)}") }
    report.add(
      Diagnostic(
        .unsetVariable, "the variable `\(name)` is not set in the environment `\(environment.name)`", at: place,
        help: help ?? Help("set it under `spec.variables` of the environment")))
  }
}
