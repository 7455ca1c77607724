import ArgumentParser
import PipelineModel

/// Which labels a pipeline must have, as kubectl writes it: `team=growth,tier!=gold,env in (a,b),owner,!legacy`; all of them must hold.
struct Selector: ExpressibleByArgument, CustomStringConvertible {
  enum Requirement: Hashable {
    /// One of these values.
    case among(String, Set<String>)
    /// None of these values; a pipeline without the label has none of them.
    case notAmong(String, Set<String>)
    case exists(String)
    case missing(String)
  }

  let requirements: [Requirement]
  let description: String

  init?(argument: String) {
    var requirements: [Requirement] = []
    for part in Selector.parts(of: argument) {
      guard let requirement = Requirement(part) else { return nil }
      requirements.append(requirement)
    }
    self.requirements = requirements
    description = argument
  }

  func matches(_ labels: [DesiredPipeline.Label]) -> Bool {
    requirements.allSatisfy { requirement in
      func value(_ key: String) -> String? { labels.first { $0.key == key }?.value }
      return switch requirement {
      case .among(let key, let values): value(key).map { values.contains($0) } ?? false
      case .notAmong(let key, let values): value(key).map { !values.contains($0) } ?? true
      case .exists(let key): value(key) != nil
      case .missing(let key): value(key) == nil
      }
    }
  }

  /// What commas outside of parentheses divide.
  private static func parts(of text: String) -> [String] {
    var parts = [""]
    var isInside = false
    for character in text {
      if character == "," && !isInside {
        parts.append("")
        continue
      }
      if character == "(" { isInside = true } else if character == ")" { isInside = false }
      parts[parts.count - 1].append(character)
    }
    return parts
  }
}

extension Selector.Requirement {
  fileprivate init?(_ text: String) {
    let text = text.trimmed
    if let open = text.firstIndex(of: "(") {
      self.init(before: text[..<open].split(separator: " ").map(String.init), list: String(text[open...]))
    } else if let sign = text.firstIndex(of: "=") {
      self.init(equation: text, sign)
    } else {
      let key = text.hasPrefix("!") ? String(text.dropFirst()).trimmed : text
      guard key.isLabelKey else { return nil }
      self = text.hasPrefix("!") ? .missing(key) : .exists(key)
    }
  }

  /// `key = value`, `key == value`, `key != value`.
  private init?(equation text: String, _ sign: String.Index) {
    let isNegative = text[..<sign].hasSuffix("!")
    let key = String(isNegative ? text[..<sign].dropLast() : text[..<sign]).trimmed
    let rest = text[text.index(after: sign)...]
    let value = String(!isNegative && rest.hasPrefix("=") ? rest.dropFirst() : rest).trimmed
    guard key.isLabelKey, !value.contains("="), !value.contains(" ") else { return nil }
    self = isNegative ? .notAmong(key, [value]) : .among(key, [value])
  }

  /// `key in (a, b)`, `key notin (a, b)`.
  private init?(before words: [String], list: String) {
    guard words.count == 2, words[0].isLabelKey, list.hasPrefix("("), list.hasSuffix(")") else { return nil }
    let values = list.dropFirst().dropLast().split(separator: ",", omittingEmptySubsequences: false)
      .map { String($0).trimmed }
    guard !values.contains(where: { $0.contains(" ") || $0.contains("(") || $0.contains(")") }) else { return nil }
    switch words[1] {
    case "in": self = .among(words[0], Set(values))
    case "notin": self = .notAmong(words[0], Set(values))
    case _: return nil
    }
  }
}

extension String {
  fileprivate var trimmed: String {
    let rest = drop { $0 == " " }
    return String(rest.reversed().drop { $0 == " " }.reversed())
  }

  fileprivate var isLabelKey: Bool {
    !isEmpty && !contains { " !=()".contains($0) }
  }
}
