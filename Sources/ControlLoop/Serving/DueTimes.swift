import HeapModule
import PipelineModel

/// When each pipeline wants to be looked at again; asking for the next one costs nothing that grows with their number.
struct DueTimes: Hashable, Sendable {
  private var instants: [PipelineName: Timestamp] = [:]
  /// Holds an entry for every instant ever set; those that were replaced meanwhile are passed by.
  private var queue = Heap<Entry>()

  private struct Entry: Comparable, Hashable {
    let instant: Timestamp
    let name: PipelineName

    static func < (left: Entry, right: Entry) -> Bool { (left.instant, left.name) < (right.instant, right.name) }
  }

  static func == (left: DueTimes, right: DueTimes) -> Bool { left.instants == right.instants }

  func hash(into hasher: inout Hasher) { hasher.combine(instants) }

  subscript(name: PipelineName) -> Timestamp? {
    get { instants[name] }
    set {
      guard newValue != instants[name] else { return }
      instants[name] = newValue
      if let newValue { queue.insert(Entry(instant: newValue, name: name)) }
    }
  }

  /// The first instant at which one of them is due.
  mutating func next() -> Timestamp? {
    while let entry = queue.min {
      if instants[entry.name] == entry.instant { return entry.instant }
      queue.removeMin()
    }
    return nil
  }

  /// Takes out those that are due, the earliest first.
  mutating func take(at now: Timestamp, limit: Int) -> [PipelineName] {
    var names: [PipelineName] = []
    while names.count < limit, let instant = next(), instant <= now {
      guard let entry = queue.popMin() else { break }
      instants[entry.name] = nil
      names.append(entry.name)
    }
    return names
  }
}
