/// A connector's setting: JSON, in which any value may be a reference to a secret.
public enum ConfigValue: Hashable, Codable, Sendable {
  case null
  case bool(Bool)
  case int(Int64)
  /// A number with a fraction or an exponent, as it was written.
  case number(String)
  case string(String)
  case array([ConfigValue])
  /// Sorted by key.
  case object([ConfigEntry])
  case secret(SecretReference)
}

/// One key of an object.
public struct ConfigEntry: Hashable, Codable, Sendable {
  public let key: String
  public let value: ConfigValue

  public init(_ key: String, _ value: ConfigValue) {
    self.key = key
    self.value = value
  }
}
