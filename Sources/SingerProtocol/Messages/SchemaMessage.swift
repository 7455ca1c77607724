/// What the rows of a stream look like.
public struct SchemaMessage: Hashable, Sendable {
  public var stream: String
  public var schema: JSONValue
  /// May be empty: the stream has no key.
  public var keyProperties: [String]
  public var bookmarkProperties: [String]

  public init(stream: String, schema: JSONValue, keyProperties: [String], bookmarkProperties: [String] = []) {
    self.stream = stream
    self.schema = schema
    self.keyProperties = keyProperties
    self.bookmarkProperties = bookmarkProperties
  }
}
