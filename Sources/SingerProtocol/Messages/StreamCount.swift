/// What has passed of one stream.
public struct StreamCount: Hashable, Sendable {
  public let name: String
  public var records = 0
  /// Of its records, without line ends.
  public var bytes = 0
  public var schemas = 0
  public var batches = 0
  public var versions = 0

  public init(name: String) {
    self.name = name
  }

  mutating func add(_ other: StreamCount) {
    records += other.records
    bytes += other.bytes
    schemas += other.schemas
    batches += other.batches
    versions += other.versions
  }
}
