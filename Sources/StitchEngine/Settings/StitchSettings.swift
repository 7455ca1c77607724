internal import EngineAPI
internal import PipelineModel

/// What a manifest declares of a source, in Stitch's terms; what it leaves out stays as it is.
struct StitchSettings: Hashable, Sendable {
  var cadence: Cadence?
  var isPaused: Bool?

  enum Cadence: Hashable, Sendable {
    case every(minutes: Int64, anchor: Timestamp?)
    case cron(QuartzExpression)
  }

  /// What Stitch cannot keep is a mistake at its line; here it is only not passed on.
  init(_ order: SettingsOrder) throws(EngineError) {
    isPaused = order.isPaused
    cadence = try order.schedule.map { schedule throws(EngineError) in try Self.cadence(of: schedule) }
  }

  private static func cadence(of schedule: Schedule) throws(EngineError) -> Cadence {
    switch schedule.cadence {
    case .every(let span, let anchor):
      guard span.milliseconds % 60_000 == 0 else {
        throw EngineError(.brokenInput, "Stitch counts the time between jobs in minutes", .terminal)
      }
      return .every(minutes: span.milliseconds / 60_000, anchor: anchor)
    case .cron(let cron):
      guard schedule.timeZone == "UTC", let expression = QuartzExpression(cron) else {
        throw EngineError(
          .brokenInput,
          "Stitch keeps cron expressions in UTC, with days of the month or days of the week, not both, and `L`, `5L` or `5#2` alone",
          .terminal)
      }
      return .cron(expression)
    }
  }
}

extension StitchSettings {
  /// The properties that are to change, by name; nil stands for clearing one.
  ///
  /// Stitch lets cron win over a frequency, so a frequency is declared by clearing cron too.
  func properties(differingFrom source: StitchSource) -> [String: String?] {
    var wanted: [String: String?] = [:]
    switch cadence {
    case nil: return [:]
    case .cron(let expression): wanted["cron_expression"] = expression.description
    case .every(let minutes, let anchor):
      wanted["cron_expression"] = .some(nil)
      wanted["frequency_in_minutes"] = String(minutes)
      // Where no anchor is declared the one that is there stays.
      if let anchor { wanted["anchor_time"] = anchor.description }
    }
    return wanted.filter { !isSame($0.key, $0.value, source.property($0.key)) }
  }

  private func isSame(_ name: String, _ wanted: String?, _ held: String?) -> Bool {
    guard wanted != held, let wanted, let held else { return wanted == held }
    switch name {
    case "anchor_time": return Timestamp(rfc3339: wanted) == Timestamp(rfc3339: held)
    case "cron_expression":
      // Stitch shows some with a seventh field, for the years, or in other words.
      guard let meant = CronExpression(quartz: wanted), let kept = CronExpression(quartz: held) else { return false }
      return meant.means(kept)
    case _: return false
    }
  }

  /// Whether the switch has to be turned.
  func pauseDiffers(from source: StitchSource) -> Bool {
    isPaused.map { $0 != (source.pausedAt != nil) } ?? false
  }
}
