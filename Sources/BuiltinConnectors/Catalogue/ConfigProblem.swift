/// One mistake in a connector's config.
public struct ConfigProblem: Hashable, Sendable {
  /// Keys and list indices from the config's root to the place; for a missing key, to where it belongs.
  public let path: [String]
  public let message: String
}
