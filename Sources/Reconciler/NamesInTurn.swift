internal import PipelineModel

/// Names that are asked for in their order: thousands are walked through side by side, and nothing is hashed.
struct NamesInTurn {
  private let names: [String]
  /// Where each of the sorted names stood; absent where they came sorted.
  private let places: [Int]?
  private var next = 0

  init(_ texts: [String]) {
    if zip(texts, texts.dropFirst()).allSatisfy({ $0 <= $1 }) {
      self.names = texts
      places = nil
    } else {
      let places = texts.indices.sorted { texts[$0] < texts[$1] }
      self.names = places.map { texts[$0] }
      self.places = places
    }
  }

  /// The one that comes next.
  var upcoming: String? { next < names.count ? names[next] : nil }

  /// Where the name stands first that comes next, if it is this one, which is passed then.
  mutating func take(_ name: String) -> Int? {
    guard next < names.count, names[next] == name else { return nil }
    let place = places?[next] ?? next
    repeat { next += 1 } while next < names.count && names[next] == name
    return place
  }

  /// Where a name stands first; what is asked for must not be before what was asked for last.
  mutating func place(of name: PipelineName) -> Int? {
    while next < names.count, names[next] < name.text { next += 1 }
    guard next < names.count, names[next] == name.text else { return nil }
    return places?[next] ?? next
  }
}
