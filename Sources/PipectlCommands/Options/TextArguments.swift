import ArgumentParser

/// The id of a request, as manifests have it; the ids that pipectl makes hold colons, and may be given again.
func requestText(_ argument: String) throws -> String {
  let isAllowed = argument.utf8.allSatisfy { byte in
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: ":"):
      true
    case _: false
    }
  }
  let begins = argument.first.map { $0.isLetter || $0.isNumber } ?? false
  guard isAllowed, begins, argument.utf8.count <= 127 else {
    throw ValidationError(
      "the id of a request is at most 127 of letters, digits, `-`, `.`, `_` and `:`, beginning with a letter or digit"
        + (argument.isEmpty ? ", and this one is empty: is a variable unset?" : ""))
  }
  return argument
}

/// A text that is shown in lines and tables.
func lineText(_ argument: String) throws -> String {
  guard !argument.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
    throw ValidationError("a reason is one line: leave line ends and other control characters out")
  }
  return argument
}
