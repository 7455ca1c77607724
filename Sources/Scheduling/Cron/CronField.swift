/// One of the five fields of a cron expression, in their order.
public enum CronField: String, Hashable, Sendable, CaseIterable {
  case minute
  case hour
  case day
  case month
  case weekday

  /// What may be written; 7 is Sunday like 0.
  public var bounds: ClosedRange<Int> {
    switch self {
    case .minute: 0...59
    case .hour: 0...23
    case .day: 1...31
    case .month: 1...12
    case .weekday: 0...7
    }
  }

  /// How many different values there are.
  var size: Int {
    switch self {
    case .minute: 60
    case .hour: 24
    case .day: 31
    case .month: 12
    case .weekday: 7
    }
  }

  /// The greatest value that `*` and an open step (`5/10`) reach.
  var last: Int { bounds.lowerBound + size - 1 }

  /// Names in the order of their values, from the lower bound on.
  var names: [String] {
    switch self {
    case .minute, .hour, .day: []
    case .month: ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
    case .weekday: ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]
    }
  }
}
