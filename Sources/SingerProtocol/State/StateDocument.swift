/// A state as a target printed it: private to the tap, kept verbatim.
public struct StateDocument: Hashable, Sendable {
  /// As it was read; written anew, without spaces, only by the edits below.
  public let text: String
  public let value: JSONValue

  public init(line: UnsafeRawBufferPointer) throws(JSONSyntaxError) {
    value = try JSONValue(parsing: line)
    text = String(decoding: line, as: UTF8.self)
  }

  public init(_ text: String) throws(JSONSyntaxError) {
    value = try JSONValue(parsing: text)
    self.text = text
  }

  public init(_ value: JSONValue) {
    self.value = value
    text = value.text
  }

  /// The state of each stream, sorted by name; empty where the tap does not keep its state that way.
  public var bookmarks: [StreamBookmark] {
    let members = value["bookmarks"]?.objectValue ?? []
    return members.map { StreamBookmark(stream: $0.key, value: $0.value) }
      .sorted { $0.stream.utf8.lexicographicallyPrecedes($1.stream.utf8) }
  }

  /// Without the bookmarks of some streams; the same document where it has none of them.
  public func removingBookmarks(of streams: [String]) -> StateDocument {
    guard var bookmarks = value["bookmarks"], streams.contains(where: { bookmarks[$0] != nil }) else { return self }
    for stream in streams { bookmarks.remove(stream) }
    return replacing(bookmarks)
  }

  /// With another bookmark of a stream; all else stays, in its order.
  public func replacingBookmark(_ stream: String, _ bookmark: JSONValue) -> StateDocument {
    var bookmarks = value["bookmarks"] ?? .object([])
    bookmarks.set(stream, to: bookmark)
    return replacing(bookmarks)
  }

  private func replacing(_ bookmarks: JSONValue) -> StateDocument {
    var edited = value
    edited.set("bookmarks", to: bookmarks)
    return StateDocument(edited)
  }
}
