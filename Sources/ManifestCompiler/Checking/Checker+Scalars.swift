import Diagnostics
import ManifestSyntax
import PipelineModel
import Scheduling

extension Checker {
  mutating func boolean(_ node: SyntaxNode, of name: String) -> Bool? {
    if case .bool(let value) = node.content { return value }
    guard let meant = node.booleanMeant, case .string(_, let style) = node.content else {
      refuseType(node, wanted: "true or false", of: name)
      return nil
    }
    let headline =
      style == .plain
      ? "`\(name)` is true or false; a word such as yes, no, on or off is a text in YAML 1.2"
      : "`\(name)` is true or false, and this is a text"
    refuse(
      style == .plain ? .booleanWord : .wrongType, headline, at: node.range,
      help: Help("write `\(meant)`", replacement: String(meant)))
    return nil
  }

  mutating func integer(_ node: SyntaxNode, in bounds: ClosedRange<Int64>, of name: String) -> Int64? {
    guard case .int(let value) = node.content else {
      let meant = node.content.unquoted.flatMap { Int64($0) }
      refuse(
        .wrongType, "`\(name)` is a whole number, and this is \(node.content.noun)", at: node.range,
        help: meant.map { Help("remove the quotes: `\($0)`", replacement: String($0)) })
      return nil
    }
    guard bounds.contains(value) else {
      refuse(
        .outOfBounds, "`\(name)` is a number from \(bounds.lowerBound) to \(bounds.upperBound)", at: node.range)
      return nil
    }
    return value
  }

  /// A text in place of which something else is written has its message.
  private mutating func string(_ node: SyntaxNode, of name: String, wanted: String = "a text") -> String? {
    if case .string(let text, _) = node.content { return text }
    let quoted = node.content.plainText.map { "\"\($0)\"" }
    refuse(
      .wrongType, "`\(name)` is \(wanted), and this is \(node.content.noun)", at: node.range,
      help: quoted.map { Help("quote it: `\($0)`", replacement: $0) })
    return nil
  }

  mutating func text(_ node: SyntaxNode, _ rule: TextRule, of name: String) -> String? {
    guard let text = string(node, of: name) else { return nil }
    guard rule.accepts(text) else {
      refuseText(text, rule, of: name, at: node.range)
      return nil
    }
    if rule == .requirement { warnOfUnpinned(text, of: name, at: node.range) }
    return text
  }

  private mutating func warnOfUnpinned(_ text: String, of name: String, at range: SourceRange) {
    guard let requirement = PackageRequirement(text), !requirement.isPinned else { return }
    let help =
      switch requirement.origin {
      case .index: "pin it: `\(excerpt(requirement.name))==VERSION`"
      case .url(let url) where url.hasPrefix("git+"): "end it with `@` and the whole commit"
      case .url: "end it with `#sha256=` and the hash of the file"
      }
    refuse(
      .unpinnedPackage, "`\(name)` pins no version, so that two machines, or two days, may run two programs", at: range,
      help: Help(help), severity: .warning)
  }

  mutating func refuseText(_ text: String, _ rule: TextRule, of name: String, at range: SourceRange) {
    if text.isEmpty {
      refuse(.emptyValue, "`\(name)` is empty", at: range)
      return
    }
    // A URL may hold a password.
    let isConfidential = rule == .requirement && text.contains("@")
    refuse(
      rule.code, rule.headline(of: name), at: range, help: rule.help(for: text), isConfidential: isConfidential)
  }

  mutating func duration(_ node: SyntaxNode, atLeast least: TimeSpan, of name: String) -> TimeSpan? {
    if case .int(let number) = node.content {
      let fix = number == 0 ? nil : "\(number)s"
      refuse(
        .invalidDuration, "a duration has a unit", at: node.range,
        help: Help("write seconds as `\(fix ?? "1s")`; the units are ms, s, m, h and d", replacement: fix))
      return nil
    }
    guard let text = string(node, of: name, wanted: "a duration such as `90s`") else { return nil }
    guard let span = TimeSpan(text: text) else {
      refuse(
        .invalidDuration, "`\(name)` is a whole number and a unit: `90s`, `15m`, `2h`, `1d`", at: node.range,
        help: text.hasPrefix("PT") ? Help("the form of ISO 8601 is not known") : Help("the units are ms, s, m, h and d")
      )
      return nil
    }
    guard span >= least else {
      refuse(.outOfBounds, "`\(name)` is at least \(least)", at: node.range)
      return nil
    }
    return span
  }

  mutating func instant(_ node: SyntaxNode, of name: String) -> Timestamp? {
    guard let text = string(node, of: name, wanted: "an instant such as `2026-12-01T08:00:00Z`") else { return nil }
    guard let instant = Timestamp(rfc3339: text) else {
      refuse(
        .invalidInstant, "`\(name)` is a date, or a date and time with its zone", at: node.range,
        help: Help("write `2026-12-01` for midnight UTC, or `2026-12-01T08:00:00+01:00`"))
      return nil
    }
    return instant
  }

  mutating func cron(_ node: SyntaxNode, of name: String) -> CronExpression? {
    guard let text = string(node, of: name, wanted: "a cron expression such as \"0 6 * * *\"") else { return nil }
    switch parseCron(text) {
    case .success(let expression): return expression
    case .failure(let mistakes):
      for mistake in mistakes.errors {
        refuse(
          .invalidCron, mistake.headline, at: range(of: mistake.range, in: node), label: mistake.label, within: node,
          help: mistake.help.map { Help($0.text, replacement: $0.replacement) })
      }
      return nil
    }
  }

  mutating func timeZone(_ node: SyntaxNode, of name: String) -> String? {
    guard let text = string(node, of: name) else { return nil }
    if zones.isEmpty || text == "UTC" || zones.contains(text) { return text }
    refuse(
      .unknownTimeZone, "the time zone `\(excerpt(text))` is not known", at: node.range,
      help: nearest(text, among: zones.sorted()).map { Help("did you mean `\($0)`?", replacement: $0) }
        ?? Help("write a name of the IANA list, such as `Europe/Berlin`"))
    return nil
  }

  mutating func word(_ node: SyntaxNode, among choices: [FieldShape.Choice], of name: String) -> String? {
    if case .string(let text, _) = node.content, choices.contains(where: { $0.word == text }) { return text }
    let words = choices.map(\.word)
    guard case .string(let text, _) = node.content else {
      refuse(.wrongType, "`\(name)` is \(oneOf(words)), and this is \(node.content.noun)", at: node.range)
      return nil
    }
    let near = words.first { $0 == text.lowercased() } ?? nearest(text, among: words)
    refuse(
      .unknownWord, "`\(name)` is \(oneOf(words))", at: node.range,
      help: near.map { Help("did you mean `\($0)`?", replacement: $0) })
    return nil
  }
}

/// As `a`, `b` or `c`.
func oneOf(_ words: [String]) -> String {
  let quoted = words.map { "`\($0)`" }
  guard let last = quoted.last, quoted.count > 1 else { return quoted.joined() }
  return quoted.dropLast().joined(separator: ", ") + " or " + last
}
