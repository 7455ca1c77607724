/// Where a tap goes on with one stream.
public struct StreamBookmark: Hashable, Sendable {
  public let stream: String
  public let value: JSONValue
}
