extension TimeSpan: CustomStringConvertible {
  /// The largest whole unit: `90s`, `15m`, `2h`, `1d`, and `250ms` below a second.
  public var description: String {
    guard milliseconds % 1000 == 0 else { return "\(milliseconds)ms" }
    let units: [(String, Int64)] = [("d", 86_400), ("h", 3600), ("m", 60)]
    for (name, length) in units where seconds != 0 && seconds % length == 0 {
      return "\(seconds / length)\(name)"
    }
    return "\(seconds)s"
  }

  /// Reads a whole number and a unit: `250ms`, `90s`, `15m`, `2h`, `1d`.
  public init?(text: String) {
    let digits = text.utf8.prefix { $0 >= 0x30 && $0 <= 0x39 }
    guard let count = Int64(Substring(digits)), let factor = Self.factor(of: text[digits.endIndex...]) else {
      return nil
    }
    let product = count.multipliedReportingOverflow(by: factor)
    guard !product.overflow else { return nil }
    self.init(milliseconds: product.partialValue)
  }

  /// The milliseconds of a unit.
  private static func factor(of unit: Substring) -> Int64? {
    switch unit {
    case "ms": 1
    case "s": 1000
    case "m": 60_000
    case "h": 3_600_000
    case "d": 86_400_000
    default: nil
    }
  }
}
