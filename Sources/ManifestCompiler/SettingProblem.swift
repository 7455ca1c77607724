public import Diagnostics

/// What a built-in connector has against one of its settings.
public struct SettingProblem: Hashable, Sendable {
  /// Keys and indices of lists from the settings' root to the place; for a missing key, to where it belongs.
  public let path: [String]
  /// Whether the key itself is the mistake, and not its value.
  public let isUnknownKey: Bool
  /// One phrase, lower case, no full stop.
  public let headline: String
  public let help: Help?

  public init(at path: [String], isUnknownKey: Bool = false, _ headline: String, help: Help? = nil) {
    self.path = path
    self.isUnknownKey = isUnknownKey
    self.headline = headline
    self.help = help
  }
}
