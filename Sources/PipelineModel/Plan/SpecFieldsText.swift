/// A value as it is shown, and where that hides something, the value itself for comparing.
struct ShownValue: Equatable {
  let text: String
  let hidden: ConfigValue?

  init(_ text: String, hidden: ConfigValue? = nil) {
    self.text = text
    self.hidden = hidden
  }

  /// A setting; a literal is hidden where its key says so, or where it looks like a secret itself.
  init(_ value: ConfigValue, isHidden: Bool) {
    let text = flowText(value, isHidden: isHidden)
    self.init(text, hidden: text.utf8.contains(UInt8(ascii: "(")) && text.contains(hiddenText) ? value : nil)
  }
}

extension ShownValue {
  /// A program and its arguments.
  init(argumentsOf job: CommandJob) {
    let shown = job.shownArguments
    self.init(listText(shown), hidden: shown == job.argv ? nil : .array(job.argv.map(ConfigValue.string)))
  }
}

extension CommandJob {
  /// The program and its arguments; one that holds a secret by its shape, or follows an option that names one, is hidden.
  public var shownArguments: [String] { arguments(hidingAs: hiddenText) }

  /// The same, with a text of the caller's choosing in the place of what is hidden.
  public func arguments(hidingAs placeholder: String) -> [String] {
    argv.indices.map { place in
      let option = place > 0 ? argv[place - 1] : ""
      let isNamed = option.hasPrefix("-") && !option.contains("=") && namesSecret(option)
      return isNamed && !argv[place].hasPrefix("-") || carriesSecret(argv[place]) ? placeholder : argv[place]
    }
  }
}

private let hiddenText = "(literal, hidden)"

/// A setting on one line, in YAML's flow style; a literal that looks like a secret is hidden.
public func settingText(_ value: ConfigValue) -> String { flowText(value, isHidden: false) }

private func flowText(_ value: ConfigValue, isHidden: Bool) -> String {
  switch value {
  case .secret(.environment(let name)): "{fromEnv: \(scalarText(name))}"
  case .secret(.file(let path)): "{fromFile: \(scalarText(path))}"
  case .null: "null"
  case .array(let elements): "[" + joined(elements.map { flowText($0, isHidden: isHidden) }) + "]"
  case .object(let entries):
    "{"
      + joined(
        entries.map { "\(scalarText($0.key)): \(flowText($0.value, isHidden: isHidden || namesSecret($0.key)))" })
      + "}"
  case .bool, .int, .number, .string: isHidden ? hiddenText : literalText(value)
  }
}

private func literalText(_ value: ConfigValue) -> String {
  switch value {
  case .bool(let bool): bool ? "true" : "false"
  case .int(let int): String(int)
  case .number(let text): text
  case .string(let text): carriesSecret(text) ? hiddenText : scalarText(text)
  case .null, .array, .object, .secret: flowText(value, isHidden: false)
  }
}

private func joined(_ parts: [String]) -> String { parts.joined(separator: ", ") }

/// Names on one line: `[id, "!email"]`.
public func listText(_ names: [String]) -> String { "[" + joined(names.map(scalarText)) + "]" }

/// An object on one line: the entries that have a value.
func objectText(_ entries: [(key: String, value: String?)]) -> String {
  "{" + joined(entries.compactMap { entry in entry.value.map { "\(entry.key): \($0)" } }) + "}"
}

/// Whether a key is one under which people write secrets: rather one too many, for what is hidden in vain is only a line of a plan. The
/// compiler warns of fewer.
public func namesSecret(_ key: String) -> Bool {
  let folded = FoldedText(key) { $0.isLetter || $0.isNumber }
  return folded.bytes == Array("pass".utf8) || secretNames.contains(where: folded.contains)
}

private let secretNames = [
  "password", "passwd", "passphrase", "pwd", "secret", "token", "apikey", "accesskey", "privatekey", "credential",
].map { Array($0.utf8) }

/// Whether a text holds a secret by its shape: a user's password in a URL, or `password=` in a connection string.
func carriesSecret(_ text: String) -> Bool {
  let folded = FoldedText(text) { _ in true }
  if secretAssignments.contains(where: folded.contains) { return true }
  guard folded.contains(Array("://".utf8)), let at = folded.bytes.lastIndex(of: UInt8(ascii: "@")) else { return false }
  return folded.bytes[..<at].count { $0 == UInt8(ascii: ":") } > 1
}

private let secretAssignments = ["password=", "passwd=", "pwd=", "token=", "secret=", "key="].map { Array($0.utf8) }
