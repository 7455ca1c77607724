/// A PyPI requirement: a name, extras, and a pinned version.
struct Requirement: Hashable {
  let name: String
  let version: String?

  init?(_ text: String) {
    let halves = text.split(separator: "==", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = halves.first else { return nil }
    let name = first.prefix { $0 != "[" }
    let extras = first.dropFirst(name.count)
    guard Self.isWord(name), extras.isEmpty || Self.areExtras(extras) else { return nil }
    if halves.count == 2, !Self.isVersion(halves[1]) { return nil }
    self.name = String(name)
    version = halves.count == 2 ? String(halves[1]) : nil
  }

  /// The program that packages of this name install, by the habit of Singer's: what follows from `tap-` or `target-` on.
  var executable: String {
    var rest = Substring(name)
    while !rest.hasPrefix("tap-"), !rest.hasPrefix("target-") {
      guard let dash = rest.firstIndex(of: "-") else { return name }
      rest = rest[rest.index(after: dash)...]
    }
    return String(rest)
  }

  private static func isWord(_ text: Substring) -> Bool {
    guard let first = text.utf8.first, let last = text.utf8.last else { return false }
    return first.isAlphanumeric && last.isAlphanumeric
      && text.utf8.allSatisfy { $0.isAlphanumeric || "-._".utf8.contains($0) }
  }

  private static func areExtras(_ text: Substring) -> Bool {
    text.utf8.count > 2 && text.hasSuffix("]")
      && text.dropFirst().dropLast().utf8.allSatisfy { $0.isAlphanumeric || "-._,".utf8.contains($0) }
  }

  private static func isVersion(_ text: Substring) -> Bool {
    guard let first = text.utf8.first else { return false }
    return first.isAlphanumeric && text.utf8.allSatisfy { $0.isAlphanumeric || "-.+!_".utf8.contains($0) }
  }
}
