/// The samples of one metric, in the text format that Prometheus reads (version 0.0.4).
struct MetricFamily {
  enum Kind: String {
    case counter, gauge, histogram
  }

  struct Sample {
    /// `_bucket`, `_sum` and `_count` of a histogram.
    var suffix = ""
    var labels: [(String, String)]
    var value: Double
  }

  let name: String
  let help: String
  let kind: Kind
  private(set) var samples: [Sample] = []

  init(_ name: String, _ kind: Kind, _ help: String) {
    self.name = name
    self.kind = kind
    self.help = help
  }

  mutating func add(_ value: Double, _ labels: (String, String)...) {
    samples.append(Sample(labels: labels, value: value))
  }

  mutating func add(_ value: Int, _ labels: (String, String)...) {
    samples.append(Sample(labels: labels, value: Double(value)))
  }

  mutating func add(_ histogram: Histogram, _ labels: (String, String)...) {
    for (bound, count) in histogram.cumulative {
      samples.append(Sample(suffix: "_bucket", labels: labels + [("le", numberText(bound))], value: Double(count)))
    }
    let count = Double(histogram.count)
    samples.append(Sample(suffix: "_bucket", labels: labels + [("le", "+Inf")], value: count))
    samples.append(Sample(suffix: "_sum", labels: labels, value: histogram.sum))
    samples.append(Sample(suffix: "_count", labels: labels, value: count))
  }

  /// Absent without a sample: a metric that nothing is known of is not there.
  var text: String? {
    guard !samples.isEmpty else { return nil }
    var lines = "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
    for sample in samples {
      let labels = sample.labels.map { "\($0)=\"\(escaped($1))\"" }.joined(separator: ",")
      lines += name + sample.suffix + (labels.isEmpty ? "" : "{\(labels)}") + " " + numberText(sample.value) + "\n"
    }
    return lines
  }
}

/// Whole numbers without a fraction, as far as they are exact.
private func numberText(_ value: Double) -> String {
  if let whole = Int64(exactly: value) { return String(whole) }
  return value.isInfinite ? (value > 0 ? "+Inf" : "-Inf") : value.isNaN ? "NaN" : String(value)
}

private func escaped(_ text: String) -> String {
  var result = ""
  for character in text.unicodeScalars {
    switch character {
    case "\\": result += "\\\\"
    case "\"": result += "\\\""
    case "\n": result += "\\n"
    default: result.unicodeScalars.append(character)
    }
  }
  return result
}
