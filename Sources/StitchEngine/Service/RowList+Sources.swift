internal import EngineHTTP
internal import PipelineModel

extension RowList<StitchSource> {
  /// The ids of all, sorted; one that cannot be read may stand anywhere, so it counts as the first.
  var places: [Int] {
    (rows.map(\.id) + odd.map { $0.id.flatMap { Int($0) } ?? .min }).sorted()
  }

  /// Those that are there, and of which nothing more is understood.
  var unread: [HeldDefinition] {
    odd.compactMap { row in row.id.map { HeldDefinition(unread: $0, "source \($0): \(row.words)") } }
  }
}
