/// How everything is loaded again.
enum HevoResyncMode: String, Hashable, Codable, Sendable {
  /// What is there is merged with what is read.
  case evolveAndMerge = "EVOLVE_AND_MERGE"
  /// What is there is dropped first.
  case dropAndLoad = "DROP_AND_LOAD"
}
