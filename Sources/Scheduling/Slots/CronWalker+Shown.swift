import PipelineModel

/// Instants whose wall time the expression matches.
extension CronWalker {
  func nextShown(from start: Int64, through end: Int64) -> Slot? {
    var from = start
    while from <= end {
      let segment = zone.segment(at: from)
      let offset = Int64(zone.offset(ofSegment: segment))
      let upper = min(zone.end(ofSegment: segment), end + 1)
      var wall = from + offset
      while let match = calendar.first(atOrAfter: wall, before: upper + offset) {
        if let slot = shownSlot(wall: match, instant: match - offset) { return slot }
        wall = match + 60
      }
      from = upper
    }
    return nil
  }

  func previousShown(from start: Int64, through end: Int64) -> Slot? {
    var through = end
    while through >= start {
      let segment = zone.segment(at: through)
      let offset = Int64(zone.offset(ofSegment: segment))
      let lower = max(zone.start(ofSegment: segment), start)
      var wall = through + 1 + offset
      while let match = calendar.last(atOrAfter: lower + offset, before: wall) {
        if let slot = shownSlot(wall: match, instant: match - offset) { return slot }
        wall = match
      }
      through = lower - 1
    }
    return nil
  }

  /// The slot at an instant that shows a matching wall time, unless the fold policy leaves it out.
  private func shownSlot(wall: Int64, instant: Int64) -> Slot? {
    let timestamp = Timestamp(seconds: instant)
    guard zone.segment(at: wall - ZoneRules.day) != zone.segment(at: wall + ZoneRules.day) else {
      return Slot(instant: timestamp)
    }
    let instants = zone.instants(showing: wall)
    guard instants.count > 1 else { return Slot(instant: timestamp) }
    let isFirst = instants.first == instant
    let isLast = instants.last == instant
    let isKept =
      switch policy.fold {
      case .both: true
      case .first: isFirst
      case .second: isLast
      }
    return isKept || followsElapsedTime
      ? Slot(instant: timestamp, mark: isFirst ? .firstOfFold : .secondOfFold) : nil
  }
}
