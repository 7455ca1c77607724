import PipelineModel

/// Matching wall times that no instant shows.
extension CronWalker {
  func nextShifted(from start: Int64, through end: Int64) -> Slot? {
    guard policy.gap == .shift else { return nil }
    var best: Slot?
    var index = zone.segment(at: start - ZoneRules.day - 1)
    while index < zone.transitions.count, zone.transitions[index].at <= best?.instant.seconds ?? end {
      if let slot = firstShifted(atTransition: index, from: start, through: end), slot.precedes(best) { best = slot }
      index += 1
    }
    return best
  }

  func previousShifted(from start: Int64, through end: Int64) -> Slot? {
    guard policy.gap == .shift else { return nil }
    var best: Slot?
    var index = zone.segment(at: end) - 1
    while index >= 0, zone.transitions[index].at >= (best?.instant.seconds ?? start) - ZoneRules.day {
      if let slot = lastShifted(atTransition: index, from: start, through: end), slot.follows(best) { best = slot }
      index -= 1
    }
    return best
  }

  private func firstShifted(atTransition index: Int, from start: Int64, through end: Int64) -> Slot? {
    let gap = zone.gap(atTransition: index)
    guard !gap.isEmpty else { return nil }
    guard followsElapsedTime else { return collapsed(gap, at: zone.transitions[index].at, from: start, through: end) }
    let offset = Int64(zone.offset(ofSegment: index))
    var wall = max(gap.lowerBound, start + offset)
    while let match = calendar.first(atOrAfter: wall, before: min(gap.upperBound, end + 1 + offset)) {
      if zone.instants(showing: match).isEmpty { return shifted(from: match, to: match - offset) }
      wall = match + 60
    }
    return nil
  }

  private func lastShifted(atTransition index: Int, from start: Int64, through end: Int64) -> Slot? {
    let gap = zone.gap(atTransition: index)
    guard !gap.isEmpty else { return nil }
    guard followsElapsedTime else { return collapsed(gap, at: zone.transitions[index].at, from: start, through: end) }
    let offset = Int64(zone.offset(ofSegment: index))
    var wall = min(gap.upperBound, end + 1 + offset)
    while let match = calendar.last(atOrAfter: max(gap.lowerBound, start + offset), before: wall) {
      if zone.instants(showing: match).isEmpty { return shifted(from: match, to: match - offset) }
      wall = match
    }
    return nil
  }

  /// The one slot that stands for all matching wall times of a gap.
  private func collapsed(_ gap: Range<Int64>, at instant: Int64, from start: Int64, through end: Int64) -> Slot? {
    guard instant >= start, instant <= end else { return nil }
    var wall = gap.lowerBound
    while let match = calendar.first(atOrAfter: wall, before: gap.upperBound) {
      if zone.instants(showing: match).isEmpty { return shifted(from: match, to: instant) }
      wall = match + 60
    }
    return nil
  }

  private func shifted(from wall: Int64, to instant: Int64) -> Slot {
    Slot(instant: Timestamp(seconds: instant), mark: .shifted(from: CivilTime(secondsSinceEpoch: wall)))
  }
}

extension Slot {
  fileprivate func precedes(_ other: Slot?) -> Bool {
    other.map { instant < $0.instant } ?? true
  }

  fileprivate func follows(_ other: Slot?) -> Bool {
    other.map { instant > $0.instant } ?? true
  }
}
