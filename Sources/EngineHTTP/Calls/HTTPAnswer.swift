public import PipelineModel

/// A whole answer.
public struct HTTPAnswer: Hashable, Sendable {
  public var status: Int
  /// Without its parameters, in lower case: `application/json`.
  public var mediaType: String?
  /// What the server's clock showed.
  public var date: Timestamp?
  public var retryAfter: RetryAfter?
  /// Where a redirect leads.
  public var location: String?
  public var body: [UInt8]

  /// When a server wants to be asked again.
  public enum RetryAfter: Hashable, Sendable {
    case span(TimeSpan)
    case instant(Timestamp)
  }

  public init(
    status: Int, mediaType: String? = "application/json", date: Timestamp? = nil, retryAfter: RetryAfter? = nil,
    location: String? = nil, body: [UInt8] = []
  ) {
    self.status = status
    self.mediaType = mediaType
    self.date = date
    self.retryAfter = retryAfter
    self.location = location
    self.body = body
  }
}
