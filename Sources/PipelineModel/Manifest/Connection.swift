/// A source or a destination: which program, with which settings.
public struct Connection: Hashable, Codable, Sendable {
  /// The name of the manifest it came from; absent where it was written inline.
  public var name: String?
  public var connector: Connector
  /// Sorted by key.
  public var config: [ConfigEntry]
  /// What the program's environment holds besides the few variables every child gets; sorted by key.
  public var environment: [ConfigEntry]
  /// How a tap takes its catalog.
  public var catalogArgument: CatalogArgument
  /// What its manifest says that it can and cannot do.
  public var capabilities: ConnectorCapabilities

  /// The option that hands a tap its catalog; old taps know only `--properties`.
  public enum CatalogArgument: String, Hashable, Codable, Sendable, CaseIterable {
    case catalog
    case properties
  }

  public init(
    name: String?, connector: Connector, config: [ConfigEntry], environment: [ConfigEntry] = [],
    catalogArgument: CatalogArgument = .catalog, capabilities: ConnectorCapabilities = .unknown
  ) {
    self.name = name
    self.connector = connector
    self.config = config
    self.environment = environment
    self.catalogArgument = catalogArgument
    self.capabilities = capabilities
  }
}
