import PipelineModel

/// Pipelines that are to be looked at next, whatever the time; first come, first served, and each of them once.
struct TouchedPipelines: Hashable, Sendable {
  private var queue: [PipelineName] = []
  private var names: Set<PipelineName> = []

  var isEmpty: Bool { queue.isEmpty }

  mutating func insert(_ name: PipelineName) {
    if names.insert(name).inserted { queue.append(name) }
  }

  /// Those that come together are sorted, so that the same events have the same consequences.
  mutating func insert(_ names: some Sequence<PipelineName>) {
    for name in names.sorted() { insert(name) }
  }

  mutating func take(limit: Int) -> ArraySlice<PipelineName> {
    let taken = queue.prefix(limit)
    queue.removeFirst(taken.count)
    names.subtract(taken)
    return taken
  }
}
