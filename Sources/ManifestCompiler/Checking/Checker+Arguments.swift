import Diagnostics
import ManifestSyntax

extension Checker {
  /// A program and its arguments. Everyone on the machine can read them, so none of them may be a secret.
  mutating func arguments(_ node: SyntaxNode, of name: String) -> [String]? {
    guard case .sequence(let items) = node.content else {
      refuseType(node, wanted: "a list", of: name)
      return nil
    }
    guard let program = items.first else {
      refuseEmptyList(node, of: name, help: "begin with the program: `[sling, run, -r, /etc/sling/orders.yaml]`")
      return nil
    }
    var texts = [isWholeLine(program, of: name) ? nil : argument(program, .executable, of: name)]
    for item in items.dropFirst() { texts.append(argument(item, .free, of: name)) }
    for (option, item) in zip(items, items.dropFirst()) { warnOfLiteralSecret(item, after: option, of: name) }
    return texts.whole()
  }

  /// A program and its arguments in one text, as for a shell; that is refused.
  private mutating func isWholeLine(_ node: SyntaxNode, of name: String) -> Bool {
    guard case .string(let text, _) = node.content, !isUnsettled(node), !text.hasPrefix("/") else {
      return false
    }
    let words = text.split(whereSeparator: \.isWhitespace)
    guard words.count > 1 else { return false }
    refuse(
      .invalidExecutable, TextRule.executable.headline(of: "\(name)[]"), at: node.range,
      help: Help(
        "no shell takes it apart: give every argument an item of its own, `[\(excerpt(words.joined(separator: ", ")))]`"
      ))
    return true
  }

  private mutating func argument(_ node: SyntaxNode, _ rule: TextRule, of name: String) -> String? {
    if isUnsettled(node) { return nil }
    guard case .mapping(let entries) = node.content, entries.contains(where: { SecretFields.set.keys.contains($0.key) })
    else {
      return text(node, rule, of: "\(name)[]")
    }
    refuse(
      .secretInArguments, "`\(name)` cannot hold a secret: everyone on the machine can read a program's arguments",
      at: node.range, help: Help("put the reference under `env`, and let the program read that variable"))
    return nil
  }

  /// The value is not shown.
  private mutating func warnOfLiteralSecret(_ node: SyntaxNode, after option: SyntaxNode, of name: String) {
    guard case .string(let text, _) = node.content, !isUnsettled(node),
      isSecret(text, after: option.content.plainText ?? "")
    else { return }
    refuse(
      .literalSecret, "this argument looks like a secret, and everyone who reads the manifest can read it",
      at: node.range, help: Help("put a reference under `env`, and let the program read that variable"),
      severity: .warning, isConfidential: true)
  }

  private func isSecret(_ text: String, after option: String) -> Bool {
    if option.hasPrefix("-"), !option.contains("="), !text.hasPrefix("-"), !text.isEmpty {
      return SecretWords.isSecret(key: option)
    }
    let words = text.split(whereSeparator: \.isWhitespace)
    return words.contains { word in
      let halves = word.split(separator: "=", maxSplits: 1)
      return halves.count == 2 && SecretWords.isSecret(key: String(halves[0])) || holdsPassword(word)
    }
  }

  /// As `postgres://user:password@host`.
  private func holdsPassword(_ word: Substring) -> Bool {
    guard let scheme = word.firstRange(of: "://"), let at = word.lastIndex(of: "@"), scheme.upperBound < at else {
      return false
    }
    return word[scheme.upperBound..<at].contains(":")
  }
}
