/// One line of the table: what was measured, beside what, and what it may be.
struct Figure {
  let name: String
  let ours: Quantity
  /// Nil where nothing stands beside it.
  var baseline: Quantity?
  var baselineName = ""
  let result: Quantity
  let bound: Bound
  /// Whether the README quotes it.
  var isHeadline = false

  enum Bound {
    case atMost(Quantity)
    case atLeast(Quantity)
  }

  var isKept: Bool {
    switch bound {
    case .atMost(let most): result.value <= most.value
    case .atLeast(let least): result.value >= least.value
    }
  }

  var verdict: String { isKept ? "ok" : "missed" }
}

extension Figure.Bound: CustomStringConvertible {
  var description: String {
    switch self {
    case .atMost(let most): "≤ \(most)"
    case .atLeast(let least): "≥ \(least)"
    }
  }
}
