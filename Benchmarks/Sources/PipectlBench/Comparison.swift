/// Two programs that do the same work, run in turn: the machine's mood is the same for both.
struct Comparison {
  /// One measurement of each a round.
  private(set) var rounds: [(ours: Measurement, baseline: Measurement)] = []

  /// - Parameter prepare: puts the world back before each run, and is not measured.
  init(
    rounds count: Int, ours: Program, baseline: Program, prepare: () throws -> Void = {}
  ) throws {
    for _ in 0..<count {
      try prepare()
      let baseline = try baseline.measure()
      try prepare()
      rounds.append((try ours.measure(), baseline))
    }
  }

  var ours: Double { rounds.map(\.ours.seconds).median }
  var baseline: Double { rounds.map(\.baseline.seconds).median }
  /// The median of the rounds' own ratios.
  var ratio: Double { rounds.map { $0.ours.seconds / $0.baseline.seconds }.median }
  /// The median of the rounds' own differences.
  var difference: Double { rounds.map { $0.ours.seconds - $0.baseline.seconds }.median }
  var peakBytes: Int { rounds.map(\.ours.peakBytes).max() ?? 0 }
}
