import Foundation
import PipelineModel
import Synchronization

/// The rules of an IANA zone from 1970 to 2100, as Foundation's own zone data has them; nil for an unknown name.
///
/// Deterministic for one build: the data is inside Foundation and does not depend on the machine.
func zoneRules(named name: String) -> ZoneRules? {
  guard let zone = TimeZone(identifier: name) else { return nil }
  func offset(at seconds: Int64) -> Int {
    zone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(seconds)))
  }
  let end = CivilTime(year: 2101, month: 1, day: 1).secondsSinceEpoch
  let initialOffset = offset(at: 0)
  var transitions: [ZoneRules.Transition] = []
  var current = initialOffset
  var cursor = Date(timeIntervalSince1970: 0)
  while let next = zone.nextDaylightSavingTimeTransition(after: cursor), next > cursor {
    let seconds = Int64(next.timeIntervalSince1970.rounded())
    guard seconds < end else { break }
    let changed = offset(at: seconds)
    if changed != current {
      transitions.append(ZoneRules.Transition(at: seconds, offset: changed))
      current = changed
    }
    cursor = next
  }
  return ZoneRules(name: name, initialOffset: initialOffset, transitions: transitions)
}

/// The rules of every zone that these pipelines' schedules name.
func zoneTable(for pipelines: [DesiredPipeline]) -> ZoneTable {
  let names = Set(pipelines.compactMap(\.spec.schedule.timeZone))
  return zoneTable(of: names)
}

/// The rules of the zones with these names; each is worked out once.
@Sendable func zoneTable(of names: Set<String>) -> ZoneTable {
  ZoneTable(
    names.sorted().compactMap { name in
      if let known = knownRules.withLock({ $0[name] }) { return known }
      let rules = zoneRules(named: name)
      knownRules.withLock { $0[name] = rules }
      return rules
    })
}

private let knownRules = Mutex<[String: ZoneRules]>([:])

/// The zone names that a manifest may use: those of the machine's zone data and those that Foundation lists.
func knownZoneNames() -> Set<String> {
  let listed = Set(TimeZone.knownTimeZoneIdentifiers)
  let others = Set(systemZoneNames()).union(["UTC"]).subtracting(listed)
  return listed.union(others.filter { TimeZone(identifier: $0) != nil })
}

/// The version of the machine's zone data (`2025b`), the last word of its first line; nil without `tzdata`.
func systemZoneVersion() -> String? {
  guard let file = FileHandle(forReadingAtPath: systemZoneFile),
    let start = try? file.read(upToCount: 128)
  else { return nil }
  let line = String(decoding: start, as: UTF8.self).prefix { $0 != "\n" }
  return line.split(separator: " ").last.map(String.init) ?? "unknown"
}

/// The names of the zones and links of the machine's zone data; none without `tzdata`.
private func systemZoneNames() -> [String] {
  guard let text = FileManager.default.contents(atPath: systemZoneFile) else { return [] }
  // By its bytes: it is ASCII, has thousands of lines, and is read whenever manifests are.
  return [UInt8](text).split(separator: UInt8(ascii: "\n")).compactMap { line in
    let place: Int
    switch line.first {
    case UInt8(ascii: "Z"): place = 1
    case UInt8(ascii: "L"): place = 2
    case _: return nil
    }
    let words = line.split(separator: UInt8(ascii: " "), maxSplits: place + 1)
    return words.count > place ? String(decoding: words[place], as: UTF8.self) : nil
  }
}

private let systemZoneFile = "/usr/share/zoneinfo/tzdata.zi"

extension ScheduleSetting {
  /// The schedule, where there is one.
  var slots: Schedule? {
    switch self {
    case .slots(let schedule): schedule
    case .unmanaged, .none: nil
    }
  }
}
