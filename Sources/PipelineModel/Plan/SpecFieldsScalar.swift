/// A string as a YAML scalar on one line: plain where it reads back as that string, quoted where it would not.
func scalarText(_ text: String) -> String {
  isPlain(text) ? text : quoted(text)
}

private func isPlain(_ text: String) -> Bool {
  guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last else { return false }
  let reserved = ["null", "true", "false", "~"]
  if reserved.contains(text.lowercased()) || looksLikeNumber(text) { return false }
  if first == " " || last == " " || last == ":" || "!&*-?|>@`\"'#%:,[]{}".unicodeScalars.contains(first) {
    return first == "-" && text.unicodeScalars.count > 1 && !text.hasPrefix("- ") && isPlain(String(text.dropFirst()))
  }
  return hasPlainInside(text)
}

private func hasPlainInside(_ text: String) -> Bool {
  var previous: Unicode.Scalar = "a"
  for scalar in text.unicodeScalars {
    if misleads(scalar) || ",[]{}\"\\".unicodeScalars.contains(scalar) { return false }
    if scalar == " " && previous == ":" || scalar == "#" && previous == " " { return false }
    previous = scalar
  }
  return true
}

/// Whether YAML's core schema reads the text as a number, or nearly does: such a string is better quoted.
private func looksLikeNumber(_ text: String) -> Bool {
  let folded = text.lowercased()
  let unsigned = folded.drop { $0 == "+" || $0 == "-" }
  return Double(folded) != nil || ["0x", "0o", ".inf", ".nan"].contains { unsigned.hasPrefix($0) }
}

private func quoted(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case "\t": result += "\\t"
    case "\r": result += "\\r"
    case _ where misleads(scalar): result += escaped(scalar)
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}

/// Whether a terminal would act on the character or reorder what is beside it.
private func misleads(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0..<0x20, 0x7F...0x9F, 0x200B...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
  default: false
  }
}

private func escaped(_ scalar: Unicode.Scalar) -> String {
  let digits = String(scalar.value, radix: 16, uppercase: true)
  return "\\u" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
}

/// A key as a step of a path: bare where it reads well, in brackets and quotes where it would mislead.
func pathStep(_ key: String) -> String {
  let isBare = key.unicodeScalars.allSatisfy {
    ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0) || $0 == "_" || $0 == "-"
      || $0 == "/"
  }
  return isBare && !key.isEmpty ? ".\(key)" : "[\(quoted(key))]"
}
