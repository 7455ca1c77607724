public import PipelineModel

extension ZoneRules {
  /// Seconds east of UTC at an instant.
  public func offset(at instant: Timestamp) -> Int {
    offset(ofSegment: segment(at: instant.seconds))
  }

  /// What the clocks of the zone show at an instant.
  public func civilTime(at instant: Timestamp) -> CivilTime {
    CivilTime(secondsSinceEpoch: instant.seconds + Int64(offset(at: instant)))
  }

  /// The instants at which the clocks show `civil`.
  public func instants(of civil: CivilTime) -> LocalResult {
    let wall = civil.secondsSinceEpoch
    let instants = instants(showing: wall)
    guard let first = instants.first, let last = instants.last else {
      return gap(over: wall)
    }
    return first == last
      ? .unique(Timestamp(seconds: first)) : .fold(first: Timestamp(seconds: first), second: Timestamp(seconds: last))
  }

  /// The transition that jumps over a wall time; where none shows, the offsets were given out of order, and the nearest one answers.
  private func gap(over wall: Int64) -> LocalResult {
    let near = transitions[segment(at: wall - Self.day)..<segment(at: wall + Self.day)]
    let jump = near.indices.first { index in
      let gap = gap(atTransition: index)
      return gap.contains(wall)
    }
    return .gap(transitions[jump ?? near.startIndex])
  }
}

/// A zone's time line is cut by its transitions into segments of one offset each; segment 0 lies before the first transition.
extension ZoneRules {
  /// No offset reaches a whole day.
  static let day: Int64 = 86_400

  /// The segment that holds an instant, by binary search.
  func segment(at seconds: Int64) -> Int {
    var low = 0
    var high = transitions.count
    while low < high {
      let middle = (low + high) / 2
      if transitions[middle].at <= seconds { low = middle + 1 } else { high = middle }
    }
    return low
  }

  func offset(ofSegment index: Int) -> Int {
    index == 0 ? initialOffset : transitions[index - 1].offset
  }

  /// The first instant of a segment.
  func start(ofSegment index: Int) -> Int64 {
    index == 0 ? .min : transitions[index - 1].at
  }

  /// The first instant after a segment.
  func end(ofSegment index: Int) -> Int64 {
    index == transitions.count ? .max : transitions[index].at
  }

  /// The wall times that a transition jumps over; empty where the clocks are set back.
  func gap(atTransition index: Int) -> Range<Int64> {
    let transition = transitions[index]
    let start = transition.at + Int64(offset(ofSegment: index))
    return start..<max(start, transition.at + Int64(transition.offset))
  }

  /// Every instant whose wall time is `wall`, ascending.
  func instants(showing wall: Int64) -> [Int64] {
    (segment(at: wall - Self.day)...segment(at: wall + Self.day)).compactMap { index in
      let instant = wall - Int64(offset(ofSegment: index))
      return instant >= start(ofSegment: index) && instant < end(ofSegment: index) ? instant : nil
    }
  }
}
