/// The relational database that a migration reads.
public struct MigrationSource: Hashable, Codable, Sendable {
  /// The engine's word for the kind of database, such as `POSTGRESQL`.
  public var type: String
  /// A JDBC address, or a reference to one.
  public var url: ConfigValue
  /// A name, or a reference to one.
  public var user: ConfigValue?
  public var password: SecretReference?
  /// The pluggable database, of an Oracle server that has several.
  public var oraclePdbName: String?

  public init(
    type: String, url: ConfigValue, user: ConfigValue? = nil, password: SecretReference? = nil,
    oraclePdbName: String? = nil
  ) {
    self.type = type
    self.url = url
    self.user = user
    self.password = password
    self.oraclePdbName = oraclePdbName
  }

  /// As a manifest writes it, sorted by key.
  public var settings: [ConfigEntry] {
    let entries: [(String, ConfigValue?)] = [
      ("oraclePdbName", oraclePdbName.map { .string($0) }), ("password", password.map { .secret($0) }),
      ("type", .string(type)), ("url", url), ("user", user),
    ]
    return entries.compactMap { key, value in value.map { ConfigEntry(key, $0) } }
  }
}
