/// What one run of a program took.
struct Measurement {
  var seconds: Double
  /// The most memory that the process itself had at one time, in bytes.
  var peakBytes: Int
}

extension [Double] {
  var median: Double {
    let sorted = sorted()
    guard !sorted.isEmpty else { return .nan }
    let middle = sorted.count / 2
    return count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
  }
}
