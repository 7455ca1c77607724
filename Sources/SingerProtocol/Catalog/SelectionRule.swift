/// What is wanted of the streams that a name or pattern means.
public struct SelectionRule: Hashable, Sendable {
  /// A stream's id or name, or a pattern with `*` and `?`.
  public var pattern: String
  /// Names and patterns; those that begin with `!` exclude. A list of exclusions alone means all others; nil leaves it to the tap.
  public var fields: [String]?
  public var method: ReplicationMethod?
  /// The replication key; without a method it implies `INCREMENTAL`.
  public var key: String?

  public init(pattern: String, fields: [String]? = nil, method: ReplicationMethod? = nil, key: String? = nil) {
    self.pattern = pattern
    self.fields = fields
    self.method = method
    self.key = key
  }
}
