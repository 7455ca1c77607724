import Diagnostics
import ManifestSyntax
import PipelineModel

extension Checker {
  /// All settings of a connector: a mapping.
  mutating func settings(_ node: SyntaxNode, of name: String) -> CheckedSettings? {
    guard case .mapping = node.content else {
      refuseType(node, wanted: "a mapping", of: name)
      return nil
    }
    if let reference = secretReference(node) {
      if reference != nil { refuseWholeSecret(node, of: name) }
      return nil
    }
    return configValue(node).map {
      CheckedSettings(value: $0, tree: node, unsettled: unsettled, provenance: provenance)
    }
  }

  private mutating func refuseWholeSecret(_ node: SyntaxNode, of name: String) {
    refuse(
      .invalidSecretReference, "`\(name)` as a whole cannot be a secret", at: node.range,
      help: Help("give its keys; each value may be a reference"))
  }

  /// A text or a reference to a secret.
  mutating func setting(_ node: SyntaxNode, of name: String) -> ConfigValue? {
    switch node.content {
    case .string(let text, _): return .string(text)
    case .mapping: return secret(node).map { .secret($0) }
    case .null, .bool, .int, .float, .sequence:
      // The value is not repeated: it may be a secret.
      refuse(
        .wrongType, "`\(name)` is a text or a reference to a secret, and this is \(node.content.noun)", at: node.range,
        help: node.content.plainText.map { _ in Help("put it in quotes") })
      return nil
    }
  }

  /// What a variable may hold.
  mutating func variable(_ node: SyntaxNode, of name: String) -> CheckedValue? {
    switch node.content {
    case .bool, .int, .float, .string: return .tree(node)
    case .mapping: return secret(node).map { _ in .tree(node) }
    case .null, .sequence:
      refuse(
        .wrongType, "a variable is a text, a number, a boolean or a reference to a secret", at: node.range,
        help: Help("give lists and mappings with a patch"))
      return nil
    }
  }

  private mutating func configValue(_ node: SyntaxNode) -> ConfigValue? {
    switch node.content {
    case .null: return .null
    case .bool(let value): return .bool(value)
    case .int(let value): return .int(value)
    case .float(_, let text): return .number(jsonNumber(text))
    case .string(let text, _): return .string(text)
    case .sequence(let items):
      return items.map { configValue($0) }.whole().map { .array($0) }
    case .mapping(let entries):
      if let reference = secretReference(node) { return reference.map { .secret($0) } }
      return configObject(entries)
    }
  }

  private mutating func configObject(_ entries: [SyntaxEntry]) -> ConfigValue? {
    var values: [ConfigEntry] = []
    values.reserveCapacity(entries.count)
    for index in entries.indices {
      warnOfLiteralSecret(entries[index])
      if let value = configValue(entries[index].value) { values.append(ConfigEntry(entries[index].key, value)) }
    }
    guard values.count == entries.count else { return nil }
    values.sort { $0.key < $1.key }
    return .object(values)
  }

  /// Nil where the mapping is none; nil within, where it is a broken one.
  private mutating func secretReference(_ node: SyntaxNode) -> SecretReference?? {
    guard case .mapping(let entries) = node.content, entries.contains(where: { SecretFields.set.keys.contains($0.key) })
    else {
      return .none
    }
    return .some(secret(node))
  }

  private mutating func secret(_ node: SyntaxNode) -> SecretReference? {
    guard case .mapping(let entries) = node.content, entries.count == 1, SecretFields.set.keys.contains(entries[0].key)
    else {
      refuse(
        .invalidSecretReference, "a reference to a secret is one key, `fromEnv` or `fromFile`", at: node.range,
        help: Help("write `{fromEnv: NAME}` or `{fromFile: PATH}`"))
      return nil
    }
    guard let object = object(node, SecretFields.set, of: "secret") else { return nil }
    return object[SecretFields.fromEnv].map { .environment($0) } ?? object[SecretFields.fromFile].map { .file($0) }
  }

  /// The value is not shown.
  mutating func warnOfLiteralSecret(_ entry: SyntaxEntry) {
    guard SecretWords.isSecret(key: entry.key) else { return }
    switch entry.value.content {
    case .string(let text, _) where !text.isEmpty && !text.contains("${"): break
    case .int, .float: break
    case .null, .bool, .string, .sequence, .mapping: return
    }
    refuse(
      .literalSecret, "`\(excerpt(entry.key))` is written out, and everyone who reads the manifest can read it",
      at: entry.value.range, help: Help("write `{fromEnv: NAME}` or `{fromFile: PATH}`, and change the secret"),
      severity: .warning, isConfidential: true)
  }
}

/// Words at the end of a key whose value is a secret.
///
/// They are for a warning, which must not cry wolf, so they are fewer than those by which `PipelineModel` hides values from plans, where one
/// too many costs nothing: `token_lifetime` is hidden there, and warned of nowhere.
enum SecretWords {
  private static let endings: [[UInt8]] = [
    "password", "passwd", "pwd", "passphrase", "token", "secret", "apikey", "privatekey", "secretkey", "accesskey",
  ].map { Array($0.utf8) }

  /// Read from its end, in either case, without `_`, `-` and `.`.
  static func isSecret(key: String) -> Bool {
    endings.contains { ending in
      var letters = key.utf8.reversed().lazy.filter { !"_-.".utf8.contains($0) }.map(\.lowercased).makeIterator()
      return ending.reversed().allSatisfy { letters.next() == $0 }
    }
  }
}

extension UInt8 {
  fileprivate var lowercased: UInt8 { self >= 0x41 && self <= 0x5A ? self | 0x20 : self }
}

/// A YAML number as JSON writes it: digits on both sides of the point, no plus sign before it.
private func jsonNumber(_ text: String) -> String {
  let isNegative = text.hasPrefix("-")
  var digits = String(text.drop { $0 == "+" || $0 == "-" })
  if digits.hasPrefix(".") { digits = "0" + digits }
  if let point = digits.firstIndex(of: ".") {
    let next = digits.index(after: point)
    if next == digits.endIndex || !digits[next].isNumber { digits.insert("0", at: next) }
  }
  let whole = digits.prefix { $0.isNumber }
  let zeros = whole.prefix { $0 == "0" }.count
  digits.removeFirst(zeros == whole.count ? max(0, zeros - 1) : zeros)
  return (isNegative ? "-" : "") + digits
}
