/// What a run reads.
public enum RunMode: String, Hashable, Codable, Sendable, CaseIterable {
  /// Each stream by its replication, from its confirmed state.
  case incremental
  /// Everything again without a state; the new states replace the old ones when the run succeeds.
  case historical
  /// Every stream in full once; the stored state is not touched.
  case snapshot
  /// A snapshot round, then rounds until completed or cancelled.
  case continuous
}
