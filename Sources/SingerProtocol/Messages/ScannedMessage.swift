/// The little that the pump must know about a line; it points into that line.
public struct ScannedMessage {
  public let kind: MessageKind
  /// The bytes between the quotation marks, escapes as they stand; nil where the line names no stream.
  public let stream: UnsafeRawBufferPointer?

  init(_ kind: MessageKind, stream: UnsafeRawBufferPointer? = nil) {
    self.kind = kind
    self.stream = stream
  }
}
