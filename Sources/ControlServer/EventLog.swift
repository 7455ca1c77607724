import PipelineModel

/// The latest events; older ones make room, for all that lasts is in the store.
struct EventLog: Sendable {
  private var kept: [ControlEvent] = []
  private(set) var last = 0
  static let capacity = 2000

  mutating func append(
    _ type: ControlEvent.Kind, of pipeline: PipelineName, run: RunID? = nil, request: RequestID? = nil,
    _ message: String, at: Timestamp
  ) {
    last += 1
    // Twice as many for a moment, so that making room costs little.
    if kept.count == 2 * EventLog.capacity { kept.removeFirst(EventLog.capacity) }
    kept.append(
      ControlEvent(
        sequence: last, at: at, type: type, pipeline: pipeline, run: run, request: request, message: message))
  }

  /// Adds to the events after that one what was known only when all of a commit was.
  mutating func complete(after sequence: Int, _ generation: (PipelineName) -> Int?) {
    for place in kept.indices.reversed() {
      guard kept[place].sequence > sequence else { return }
      kept[place].generation = generation(kept[place].pipeline)
    }
  }

  /// Oldest first.
  func events(after sequence: Int, of pipeline: PipelineName?, limit: Int) -> [ControlEvent] {
    let wanted = kept.suffix(EventLog.capacity).filter {
      $0.sequence > sequence && (pipeline == nil || $0.pipeline == pipeline)
    }
    return Array(sequence > 0 ? wanted.prefix(limit) : wanted.suffix(limit))
  }
}
