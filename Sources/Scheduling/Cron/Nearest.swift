/// Finds what somebody probably meant.
enum Nearest {
  /// The only name that is at most two edits away, or that the written one begins with (`MONDAY`); nil where it is a guess.
  static func name(to written: String, among names: [String]) -> String? {
    let written = written.prefix(24)
    let folded = written.lowercased()
    if let prefix = names.first(where: { folded.hasPrefix($0.lowercased()) }) { return prefix }
    let distances = names.map { distance(Array(folded.unicodeScalars), Array($0.lowercased().unicodeScalars)) }
    guard let least = distances.min(), least <= min(2, folded.count / 2) else { return nil }
    let candidates = zip(names, distances).filter { $0.1 == least }
    return candidates.count == 1 ? candidates.first?.0 : nil
  }

  /// The number of characters to insert, delete or replace.
  private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var row = Array(0...right.count)
    for (i, scalar) in left.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, other) in right.enumerated() {
        let replaced = diagonal + (scalar == other ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(replaced, row[j] + 1, diagonal + 1)
      }
    }
    return row[right.count]
  }
}
