/// One row of a stream.
public struct RecordMessage: Hashable, Sendable {
  public var stream: String
  public var record: [JSONMember]
  public var version: Int?
  /// RFC 3339, as the tap wrote it.
  public var timeExtracted: String?

  public init(stream: String, record: [JSONMember], version: Int? = nil, timeExtracted: String? = nil) {
    self.stream = stream
    self.record = record
    self.version = version
    self.timeExtracted = timeExtracted
  }
}
