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
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard let count = Int64(digits) else { return nil }
    let factors: [String: Int64] = ["ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000]
    guard let factor = factors[String(text.dropFirst(digits.count))] else { return nil }
    let product = count.multipliedReportingOverflow(by: factor)
    guard !product.overflow else { return nil }
    self.init(milliseconds: product.partialValue)
  }
}
