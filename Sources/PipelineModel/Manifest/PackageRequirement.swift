/// A requirement on a Python package: a name, extras, and which versions, or where it is.
///
/// The useful part of PEP 508, on one line of visible ASCII. Nothing that an installer could take for an option begins with a name.
public struct PackageRequirement: Hashable, Sendable {
  /// As it was written.
  public let text: String
  public let name: String
  public let origin: Origin

  /// Where the package comes from.
  public enum Origin: Hashable, Sendable {
    /// An index; the specifiers as they are written, such as `==1.2.3`.
    case index([VersionSpecifier])
    case url(String)
  }

  public struct VersionSpecifier: Hashable, Sendable {
    public let comparison: String
    public let version: String
  }

  /// Nil for a text of another form.
  public init?(_ text: String) {
    guard text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }), !text.hasPrefix(" "), !text.hasSuffix(" ") else {
      return nil
    }
    let name = text.prefix { $0.isWordCharacter }
    guard let first = name.first, let last = name.last, first.isAlphanumeric, last.isAlphanumeric else { return nil }
    guard let rest = Self.afterExtras(trimmed(text.dropFirst(name.count))), let origin = Self.origin(rest) else {
      return nil
    }
    self.text = text
    self.name = String(name)
    self.origin = origin
  }

  /// Whether every machine gets the same package, today and later.
  public var isPinned: Bool {
    switch origin {
    case .index: pinnedVersion != nil
    case .url(let url): isPinned(url: url)
    }
  }

  /// The one version that fits.
  public var pinnedVersion: String? {
    guard case .index(let specifiers) = origin else { return nil }
    let pins = specifiers.filter { ["==", "==="].contains($0.comparison) && !$0.version.contains("*") }
    return pins.first?.version
  }

  /// The program that packages of this name install, by the habit of Singer's: what follows from `tap-` or `target-` on.
  public var habitualProgram: String {
    var rest = Substring(name)
    while !rest.hasPrefix("tap-"), !rest.hasPrefix("target-") {
      guard let dash = rest.firstIndex(of: "-") else { return name }
      rest = rest[rest.index(after: dash)...]
    }
    return String(rest)
  }

  /// What follows `[extra,extra]`; nil where the bracket is broken.
  private static func afterExtras(_ text: Substring) -> Substring? {
    guard text.first == "[" else { return text }
    guard let end = text.firstIndex(of: "]") else { return nil }
    let extras = text[text.index(after: text.startIndex)..<end].split(separator: ",", omittingEmptySubsequences: false)
    guard extras.map(trimmed).allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isWordCharacter) }) else { return nil }
    return trimmed(text[text.index(after: end)...])
  }

  private static func origin(_ text: Substring) -> Origin? {
    if text.first == "@" {
      let url = trimmed(text.dropFirst())
      return isSafe(url: url) ? .url(String(url)) : nil
    }
    guard !text.isEmpty else { return .index([]) }
    var specifiers: [VersionSpecifier] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let specifier = VersionSpecifier(trimmed(part)) else { return nil }
      specifiers.append(specifier)
    }
    return .index(specifiers)
  }

  /// No password, which everybody who reads the manifest, the plan or the log would read.
  private static func isSafe(url: Substring) -> Bool {
    let schemes = ["https://", "file:///", "git+https://", "git+ssh://", "git+file:///"]
    guard let scheme = schemes.first(where: { url.hasPrefix($0) }), !url.contains(" ") else { return false }
    let rest = url.dropFirst(scheme.count)
    let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    guard let at = authority.lastIndex(of: "@") else { return !rest.isEmpty }
    return scheme == "git+ssh://" && !authority[..<at].contains(":")
  }

  /// A commit, or the hash of a file.
  private func isPinned(url: String) -> Bool {
    let halves = url.split(separator: "#", maxSplits: 1)
    if url.hasPrefix("git+") {
      guard let commit = halves.first?.split(separator: "@").last else { return false }
      return [40, 64].contains(commit.count) && commit.allSatisfy(\.isHexadecimal)
    }
    let hashes = ["sha256=", "sha384=", "sha512="]
    return halves.count == 2
      && halves[1].split(separator: "&").contains { part in
        hashes.contains { part.hasPrefix($0) && part.count > $0.count }
      }
  }
}

extension PackageRequirement.VersionSpecifier {
  fileprivate init?(_ text: Substring) {
    let comparisons = ["===", "==", "~=", "!=", ">=", "<=", ">", "<"]
    guard let comparison = comparisons.first(where: { text.hasPrefix($0) }) else { return nil }
    let version = trimmed(text.dropFirst(comparison.count))
    guard let first = version.first, first.isAlphanumeric,
      version.allSatisfy({ $0.isWordCharacter || "+!*".contains($0) })
    else { return nil }
    self.init(comparison: comparison, version: String(version))
  }
}

private func trimmed(_ text: Substring) -> Substring {
  let start = text.drop { $0 == " " }
  guard let last = start.lastIndex(where: { $0 != " " }) else { return start.prefix(0) }
  return start[...last]
}

extension Character {
  fileprivate var isAlphanumeric: Bool { isASCII && (isLetter || isNumber) }
  fileprivate var isWordCharacter: Bool { isAlphanumeric || "-._".contains(self) }
  fileprivate var isHexadecimal: Bool { isASCII && isHexDigit }
}
