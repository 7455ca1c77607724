/// A message of the Singer protocol.
public enum SingerMessage: Hashable, Sendable {
  case record(RecordMessage)
  case schema(SchemaMessage)
  /// The value, which is private to the tap.
  case state(JSONValue)
  case activateVersion(stream: String, version: Int)
  /// The whole message; its files are not read here.
  case batch(stream: String, message: JSONValue)
  /// A type this project does not know.
  case other(type: String)
}
