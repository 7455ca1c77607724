import Foundation
import PipelineModel

/// The rules of an IANA zone between two instants, as Foundation's own zone data has them; nil for an unknown name.
///
/// Deterministic for one build: the data is inside Foundation and does not depend on the machine.
func zoneRules(
  named name: String,
  from start: Timestamp = Timestamp(seconds: 0),
  to end: Timestamp = Timestamp(seconds: 4_133_980_800)
) -> ZoneRules? {
  guard let zone = TimeZone(identifier: name) else { return nil }
  func offset(at seconds: Int64) -> Int {
    zone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(seconds)))
  }
  let initialOffset = offset(at: start.seconds)
  var transitions: [ZoneRules.Transition] = []
  var current = initialOffset
  var cursor = Date(timeIntervalSince1970: TimeInterval(start.seconds))
  while let next = zone.nextDaylightSavingTimeTransition(after: cursor), next > cursor {
    let seconds = Int64(next.timeIntervalSince1970.rounded())
    guard seconds < end.seconds else { break }
    let changed = offset(at: seconds)
    if changed != current {
      transitions.append(ZoneRules.Transition(at: seconds, offset: changed))
      current = changed
    }
    cursor = next
  }
  return ZoneRules(name: name, initialOffset: initialOffset, transitions: transitions)
}
