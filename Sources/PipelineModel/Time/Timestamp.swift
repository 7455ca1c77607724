/// An instant: milliseconds since 1970-01-01T00:00:00Z, without leap seconds.
public struct Timestamp: Hashable, Comparable, Codable, Sendable {
  public let milliseconds: Int64

  public init(milliseconds: Int64) {
    self.milliseconds = milliseconds
  }

  public init(seconds: Int64) {
    milliseconds = seconds * 1000
  }

  /// Whole seconds since 1970, rounded down.
  public var seconds: Int64 {
    milliseconds >= 0 ? milliseconds / 1000 : (milliseconds + 1) / 1000 - 1
  }

  public init(from decoder: any Decoder) throws {
    milliseconds = try decoder.singleValueContainer().decode(Int64.self)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(milliseconds)
  }

  public static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.milliseconds < right.milliseconds
  }

  /// Ends at the last instant there is, so that a user's enormous span is only late, never a crash.
  public static func + (instant: Timestamp, span: TimeSpan) -> Timestamp {
    let (sum, overflow) = instant.milliseconds.addingReportingOverflow(span.milliseconds)
    return Timestamp(milliseconds: overflow ? (span.milliseconds > 0 ? .max : .min) : sum)
  }

  /// Ends at the first instant there is.
  public static func - (instant: Timestamp, span: TimeSpan) -> Timestamp {
    let (difference, overflow) = instant.milliseconds.subtractingReportingOverflow(span.milliseconds)
    return Timestamp(milliseconds: overflow ? (span.milliseconds > 0 ? .min : .max) : difference)
  }

  /// Ends at the longest span there is.
  public static func - (left: Timestamp, right: Timestamp) -> TimeSpan {
    let (difference, overflow) = left.milliseconds.subtractingReportingOverflow(right.milliseconds)
    return TimeSpan(milliseconds: overflow ? (right < left ? .max : .min) : difference)
  }
}
