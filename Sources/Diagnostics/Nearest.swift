/// The candidate that `word` was probably meant to be, or nil when none is near.
///
/// Near is one edit for every three characters, at least one: an insertion, a removal, a replacement, or two neighbours swapped.
/// Among equally near ones the first of the alphabet is given.
public func nearest(_ word: String, among candidates: [String]) -> String? {
  let letters = Array(word.lowercased().unicodeScalars.prefix(longest))
  let bound = max(1, letters.count / 3)
  guard letters.count > 1 || candidates.contains(where: { $0.lowercased() == word.lowercased() }) else { return nil }
  return
    candidates
    .filter { $0 != word && abs($0.unicodeScalars.count - letters.count) <= bound }
    .map { (distance: editDistance(letters, Array($0.lowercased().unicodeScalars)), name: $0) }
    .filter { $0.distance <= bound }
    .min { ($0.distance, $0.name) < ($1.distance, $1.name) }?
    .name
}

/// Scalars of a word that are looked at; no name is longer.
private let longest = 256

/// Insertions, removals, replacements and swaps of neighbours that turn one into the other.
private func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
  var beforeLast: [Int] = []
  var last = Array(0...right.count)
  for row in left.indices {
    var current = [row + 1]
    for column in right.indices {
      let isSame = left[row] == right[column]
      var best = min(last[column] + (isSame ? 0 : 1), last[column + 1] + 1, current[column] + 1)
      if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
        best = min(best, beforeLast[column - 1] + 1)
      }
      current.append(best)
    }
    (beforeLast, last) = (last, current)
  }
  return last[right.count]
}
