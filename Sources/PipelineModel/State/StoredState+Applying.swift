extension StoredState {
  /// What a store would load after these changes, for a query that also names every request that was changed.
  ///
  /// State versions and catalogs are not part of the value; changing them changes nothing here.
  public func applying(_ changes: [StateChange]) -> StoredState {
    var result = self
    result.apply(changes)
    return result
  }

  /// The same, in place.
  public mutating func apply(_ changes: [StateChange]) {
    for change in changes { apply(change) }
  }

  private mutating func apply(_ change: StateChange) {
    switch change {
    case .putPipeline(let record):
      pipelines.put(record, by: \.name)
    case .putRun(let record):
      put(record)
    case .dropRun(let run):
      runs.remove(run, by: \.id)
    case .putRequest(let record):
      requests.put(record, by: \.key)
      isLedgerNew = false
    case .putIntent(let intent) where intent.state.isOpen:
      intents.put(intent, by: \.id)
    case .putIntent(let intent):
      intents.remove(intent.id, by: \.id)
    case .putSchedule(let progress):
      schedules.put(progress, by: \.pipeline)
    case .bindEnvironment(let name):
      environment = name
    case .appendState, .putCatalog, .putSlot, .appendCommit:
      break
    }
  }

  /// Puts a run, and lets go of those of its pipeline that are neither active nor the latest.
  private mutating func put(_ record: RunRecord) {
    runs.put(record, by: \.id)
    let earlier = runs(of: record.id.pipeline).indices.dropLast()
    for position in earlier.reversed() where !runs[position].isActive { runs.remove(at: position) }
  }
}

extension Array {
  /// The element with that key; the array is sorted by it.
  public func found<Key: Comparable>(_ wanted: Key, by key: (Element) -> Key) -> Element? {
    let position = firstPosition { key($0) >= wanted }
    guard position < endIndex, key(self[position]) == wanted else { return nil }
    return self[position]
  }

  /// Replaces the element with the same key, or inserts it at its place; the array is sorted by that key.
  fileprivate mutating func put<Key: Comparable>(_ element: Element, by key: (Element) -> Key) {
    let wanted = key(element)
    let position = firstPosition { key($0) >= wanted }
    if position < endIndex, key(self[position]) == wanted {
      self[position] = element
    } else {
      insert(element, at: position)
    }
  }

  fileprivate mutating func remove<Key: Comparable>(_ wanted: Key, by key: (Element) -> Key) {
    let position = firstPosition { key($0) >= wanted }
    guard position < endIndex, key(self[position]) == wanted else { return }
    remove(at: position)
  }

  /// The first position from which on the predicate holds, found by bisection.
  func firstPosition(where holds: (Element) -> Bool) -> Int {
    var low = startIndex
    var high = endIndex
    while low < high {
      let middle = low + (high - low) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
