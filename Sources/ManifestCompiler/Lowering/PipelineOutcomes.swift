import PipelineModel

/// Outcomes as they came, in lists of some at a time, and the order of them all.
///
/// They stay where they are and are handed out from there: together they are too many to be moved about, or looked at often.
struct PipelineOutcomes {
  private var lists: [[PipelineOutcome]]
  /// By name, as `PipelineOutcome` has it.
  private let order: [Place]
  /// Those that describe what an engine holds, in no particular order.
  private let remote: [Place]

  private struct Place {
    let prefix: NamePrefix
    let list: Int32
    let index: Int32
  }

  init(_ lists: consuming [[PipelineOutcome]]) {
    var order: [Place] = []
    var remote: [Place] = []
    order.reserveCapacity(lists.reduce(0) { $0 + $1.count })
    for list in lists.indices {
      for index in lists[list].indices {
        let place = Place(prefix: lists[list][index].prefix, list: Int32(list), index: Int32(index))
        order.append(place)
        if lists[list][index].describesObject { remote.append(place) }
      }
    }
    order.sort { [lists] left, right in
      if left.prefix != right.prefix { return left.prefix < right.prefix }
      return lists[Int(left.list)][Int(left.index)] < lists[Int(right.list)][Int(right.index)]
    }
    self.order = order
    self.remote = remote
    self.lists = lists
  }

  var count: Int { order.count }
  var indices: Range<Int> { order.indices }

  subscript(position: Int) -> PipelineOutcome { self[order[position]] }

  private subscript(place: Place) -> PipelineOutcome { lists[Int(place.list)][Int(place.index)] }

  /// Whether the one at a position has the name of the one before it.
  func repeatsName(at position: Int) -> Bool {
    guard position > 0, order[position - 1].prefix == order[position].prefix, let name = self[position].name else {
      return false
    }
    return self[position - 1].name == name
  }

  /// Those that describe one object together; none where each has its own.
  var rivals: [Rivals] {
    var objects: Set<RemoteObject> = []
    let shared = Set(remote.compactMap { self[$0].object }.filter { !objects.insert($0).inserted })
    guard !shared.isEmpty else { return [] }
    var groups: [RemoteObject: [PipelineOutcome]] = [:]
    for outcome in remote.lazy.map({ self[$0] }) {
      if let object = outcome.object, shared.contains(object) { groups[object, default: []].append(outcome) }
    }
    return groups.map { Rivals($0.key, $0.value) }
  }

  /// The pipeline at a position, which is gone here then.
  mutating func takePipeline(at position: Int) -> DesiredPipeline? {
    let place = order[position]
    return lists[Int(place.list)][Int(place.index)].takePipeline()
  }
}
