internal import PipelineModel

/// Names that are asked for in their order: thousands are walked through side by side, and nothing is hashed.
struct NamesInTurn {
  /// With the place where each stands, sorted; those that are the same in the order of their places.
  private let names: [(name: PipelineName, place: Int)]
  private var next = 0

  /// - Parameter names: best sorted already, or a few sorted lists one behind the other.
  init(_ names: [PipelineName]) {
    self.names = names.enumerated().map { ($1, $0) }.sorted { $0.name < $1.name }
  }

  /// Where a name stands first; what is asked for must not be before what was asked for last.
  mutating func place(of name: PipelineName) -> Int? {
    while next < names.count, names[next].name < name { next += 1 }
    return next < names.count && names[next].name == name ? names[next].place : nil
  }

  /// Sorted, each once.
  func distinct() -> [PipelineName] {
    var distinct: [PipelineName] = []
    distinct.reserveCapacity(names.count)
    for (name, _) in names where name != distinct.last { distinct.append(name) }
    return distinct
  }
}
