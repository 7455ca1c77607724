/// How much of a folder's changes a watch will notice by itself.
public enum WatchCoverage: Hashable, Sendable {
  case complete
  /// Something may change unnoticed: look again at every interval. The message says why, and what to do.
  case partial(message: String)
}
