import Foundation

/// Makes valid names of what people call things: each once, and the same ones whatever the order.
struct ManifestNaming {
  /// Names that stand for something else.
  var taken: Set<String>
  /// What a thing is called whose own name has nothing that a name can have.
  let fallback: String

  /// One name for each id.
  ///
  /// What nothing else is called keeps its plain name. Of several with the same plain name each has its id behind it.
  mutating func names(for displayNames: [String: String]) -> [String: String] {
    let plain = displayNames.mapValues { Self.plain($0) }
    let sharing = Dictionary(grouping: plain.keys, by: { plain[$0] ?? "" })
    var names: [String: String] = [:]
    for (id, name) in plain where !name.isEmpty && sharing[name]?.count == 1 && !taken.contains(name) {
      names[id] = name
    }
    taken.formUnion(names.values)
    for id in plain.keys.sorted() where names[id] == nil {
      let name = unused(Self.joined(plain[id].flatMap { $0.isEmpty ? nil : $0 } ?? fallback, Self.plain(id)))
      names[id] = name
      taken.insert(name)
    }
    return names
  }

  private func unused(_ name: String) -> String {
    var (candidate, number) = (name, 2)
    while taken.contains(candidate) {
      candidate = Self.joined(name, String(number))
      number += 1
    }
    return candidate
  }

  /// Lower-case letters, digits and hyphens: `Größe (Café) №1` is `grosse-cafe-no1`. Empty where nothing of that is left.
  static func plain(_ text: String) -> String {
    var name = ""
    for scalar in text.decomposedStringWithCompatibilityMapping.unicodeScalars {
      if let letters = letters(of: scalar) {
        name += letters
      } else if !name.isEmpty, !name.hasSuffix("-") {
        name += "-"
      }
    }
    return cut(name, to: limit)
  }

  /// Nil for what parts words.
  private static func letters(of scalar: Unicode.Scalar) -> String? {
    switch scalar {
    case "a"..."z", "0"..."9": String(scalar)
    case "A"..."Z": String(scalar).lowercased()
    case "'", "’": ""
    case "ß", "ẞ": "ss"
    case "æ", "Æ": "ae"
    case "œ", "Œ": "oe"
    case "ø", "Ø": "o"
    case "ł", "Ł": "l"
    case "đ", "Đ", "ð", "Ð": "d"
    case "þ", "Þ": "th"
    case "ı": "i"
    case _ where scalar.properties.generalCategory == .nonspacingMark: ""
    case _: nil
    }
  }

  private static let limit = 63

  /// The end is what tells them apart, so it is the name that is cut.
  private static func joined(_ name: String, _ end: String) -> String {
    let end = cut(end, to: 40)
    return end.isEmpty ? name : cut(name, to: limit - 1 - end.count) + "-" + end
  }

  private static func cut(_ name: String, to length: Int) -> String {
    var name = name.prefix(max(1, length))
    while name.hasSuffix("-") { name.removeLast() }
    return String(name)
  }
}
