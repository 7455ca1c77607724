/// The names that a misspelt one most likely meant: at most three, best first.
public func nearestNames(to wanted: String, in names: [String]) -> [String] {
  let limit = max(2, wanted.count / 3)
  let ranked = names.compactMap { name -> (distance: Int, name: String)? in
    let distance = editDistance(Array(wanted.lowercased()), Array(name.lowercased()))
    return distance <= limit ? (distance, name) : nil
  }
  return ranked.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.prefix(3).map(\.name)
}

private func editDistance(_ left: [Character], _ right: [Character]) -> Int {
  var previous = Array(0...right.count)
  for (row, character) in left.enumerated() {
    var current = [row + 1]
    for (column, other) in right.enumerated() {
      let substituted = previous[column] + (character == other ? 0 : 1)
      current.append(min(substituted, previous[column + 1] + 1, current[column] + 1))
    }
    previous = current
  }
  return previous[right.count]
}
