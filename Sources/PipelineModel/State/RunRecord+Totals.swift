extension RunRecord {
  /// Of all streams; absent where it is not known: where the engine tells no numbers, and nobody counts.
  public var records: Int64? { isToldOfStreams ? report.total(\.records) : nil }
  /// As `records`.
  public var bytes: Int64? { isToldOfStreams ? report.total(\.bytes) : nil }

  private var isToldOfStreams: Bool { !report.streams.isEmpty || order.spec.work.isCounted }
}

extension RunReport {
  /// Of all streams that it tells of; absent where that of one is not known.
  public func total(_ count: KeyPath<StreamReport, Int64?>) -> Int64? {
    streams.reduce(0) { sum, stream in sum.flatMap { sum in stream[keyPath: count].map { sum + $0 } } }
  }
}

extension Work {
  /// Whether pipectl itself counts what passes; else only the engine knows, if anybody does.
  public var isCounted: Bool {
    switch self {
    case .replication: true
    case .command, .remote, .migration: false
    }
  }
}
