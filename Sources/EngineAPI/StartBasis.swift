/// What a run begins with; read from the store when the start is executed.
public struct StartBasis: Hashable, Sendable {
  /// The latest state, verbatim.
  public var state: String?
  public var catalog: String?

  public init(state: String? = nil, catalog: String? = nil) {
    self.state = state
    self.catalog = catalog
  }
}
