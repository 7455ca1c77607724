/// How often a value was at most each of some bounds.
struct Histogram: Hashable, Sendable {
  let bounds: [Double]
  /// Of each bound alone, and of all that is above the last.
  private var counts: [Int]
  private(set) var sum = 0.0

  init(_ bounds: [Double]) {
    self.bounds = bounds
    counts = [Int](repeating: 0, count: bounds.count + 1)
  }

  mutating func note(_ value: Double) {
    counts[bounds.firstIndex { value <= $0 } ?? bounds.count] += 1
    sum += value
  }

  var count: Int { counts.reduce(0, +) }

  /// Each bound with how many values are at most that.
  var cumulative: [(bound: Double, count: Int)] {
    var total = 0
    return zip(bounds, counts).map { bound, count in
      total += count
      return (bound, total)
    }
  }

  static let seconds = Histogram([0.005, 0.025, 0.1, 0.5, 1, 5, 15, 60])
  static let lags = Histogram([0.1, 0.5, 1, 5, 15, 60, 300, 3600])
  static let minutes = Histogram([1, 10, 60, 300, 900, 3600, 4 * 3600, 24 * 3600])
}
