import Foundation

/// The names of time zones that a manifest may come to use.
enum ZoneNames {
  /// All that Foundation lists or the machine's zone data names, links too.
  static let all: [String] = {
    let known = Set(TimeZone.knownTimeZoneIdentifiers).union(machine).union(["UTC", "Antarctica/Troll"])
    return known.filter { TimeZone(identifier: $0) != nil }.sorted()
  }()

  /// The second word of a `Z` line, the third of an `L` line; none without `tzdata`.
  private static var machine: [String] {
    guard let text = try? String(contentsOfFile: "/usr/share/zoneinfo/tzdata.zi", encoding: .utf8) else { return [] }
    return text.split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      switch words.first {
      case "Z" where words.count > 1: return String(words[1])
      case "L" where words.count > 2: return String(words[2])
      case _: return nil
      }
    }
  }
}
