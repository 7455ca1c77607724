import SingerProtocol

/// The very value that is printed as JSON, as YAML.
func yamlText(_ value: some Encodable) throws(CommandEnd) -> String {
  let json = try jsonText(value)
  guard let tree = try? JSONValue(parsing: json) else { throw .failed("the answer could not be written as YAML") }
  return yamlText(of: tree)
}

/// A tree as YAML, its members in their order.
func yamlText(of tree: JSONValue) -> String {
  yamlLines(tree).joined(separator: "\n") + "\n"
}

/// Block style, two blanks a level; an element of a list begins on the line of its dash.
private func yamlLines(_ value: JSONValue) -> [String] {
  switch value {
  case .object(let members) where !members.isEmpty:
    members.flatMap { member in
      let key = yamlScalar(member.key)
      let lines = yamlLines(member.value)
      return isBlock(member.value) ? ["\(key):"] + lines.map { "  " + $0 } : ["\(key): \(lines[0])"]
    }
  case .array(let elements) where !elements.isEmpty:
    elements.flatMap { element in
      let lines = yamlLines(element)
      return ["- " + lines[0]] + lines.dropFirst().map { "  " + $0 }
    }
  case .object: ["{}"]
  case .array: ["[]"]
  case .null: ["null"]
  case .bool(let bool): [bool ? "true" : "false"]
  case .number(let text): [text]
  case .string(let text): [yamlScalar(text)]
  }
}

private func isBlock(_ value: JSONValue) -> Bool {
  switch value {
  case .object(let members): !members.isEmpty
  case .array(let elements): !elements.isEmpty
  case .null, .bool, .number, .string: false
  }
}

/// Plain where every YAML reader takes it for a string, and else quoted as in JSON, which YAML reads alike.
private func yamlScalar(_ text: String) -> String {
  let scalars = Array(text.unicodeScalars)
  let reserved = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
  let begins = scalars.first.map { isLetter($0) || $0 == "_" || $0 == "/" } ?? false
  let isPlain =
    begins && scalars.last != " " && !reserved.contains(text.lowercased())
    && scalars.allSatisfy { isLetter($0) || isDigit($0) || " _-./".unicodeScalars.contains($0) }
  return isPlain ? text : JSONValue.string(text).text
}

private func isLetter(_ scalar: Unicode.Scalar) -> Bool {
  ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
}

private func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
