extension ScheduleAbility {
  /// Whether the engine can be told to keep such a cadence, read in UTC.
  public func keeps(_ cadence: Cadence) -> Bool {
    switch cadence {
    case .every(let step, let anchor):
      (steps?.contains(step) ?? true) && (stepsWithin?.allow(step) ?? true)
        && (anchor == nil || takesAnchor && anchoredFrom.map { step >= $0 } ?? true)
    case .cron(let cron):
      switch self.cron {
      case .none: false
      case .oneDayField: cron.dayField != nil
      case .full: true
      }
    }
  }
}
