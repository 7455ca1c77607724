/// What a connector can do; what is not known counts as possible, and the connector's refusal is recorded where it comes.
public struct ConnectorCapabilities: Hashable, Codable, Sendable {
  /// Whether a tap can tell what it offers; one that cannot is started without a catalog.
  public var discovery: Bool?
  /// Whether a tap goes on from a state.
  public var state: Bool?
  /// Whether a tap can read the log of a database.
  public var logBased: Bool?

  public init(discovery: Bool? = nil, state: Bool? = nil, logBased: Bool? = nil) {
    self.discovery = discovery
    self.state = state
    self.logBased = logBased
  }

  public static let unknown = ConnectorCapabilities()
  /// Of those that are part of pipectl.
  public static let builtin = ConnectorCapabilities(discovery: true, state: true, logBased: false)
}
