/// What a line of a tap is.
public enum MessageKind: Hashable, Sendable, CaseIterable {
  case record, schema, state, activateVersion, batch
  /// A JSON object of an unknown type, or without one.
  case other
  /// Not a whole JSON object.
  case notJSON
}
