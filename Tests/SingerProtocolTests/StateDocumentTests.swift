import SingerProtocol
import Testing

struct StateDocumentTests {
  private let text = #"{"currently_syncing": null, "bookmarks": {"b": {"v": 1.0}, "a": {"v": "x"}}, "z": 1e3}"#

  @Test func `the text is kept as the target printed it`() throws {
    #expect(try StateDocument(text).text == text)
    #expect(try StateDocument(text).removingBookmarks(of: ["c"]).text == text)
  }

  @Test func `bookmarks are shown by stream, sorted`() throws {
    #expect(try StateDocument(text).bookmarks.map(\.stream) == ["a", "b"])
    #expect(try StateDocument("7").bookmarks.isEmpty)
  }

  @Test func `one bookmark can be removed or replaced, all else stays in order`() throws {
    let state = try StateDocument(text)
    #expect(
      state.removingBookmarks(of: ["b"]).text == #"{"currently_syncing":null,"bookmarks":{"a":{"v":"x"}},"z":1e3}"#)
    #expect(
      state.replacingBookmark("b", ["v": 2]).text
        == #"{"currently_syncing":null,"bookmarks":{"b":{"v":2},"a":{"v":"x"}},"z":1e3}"#)
    #expect(state.replacingBookmark("c", 1).bookmarks.map(\.stream) == ["a", "b", "c"])
    #expect(try StateDocument("{}").replacingBookmark("a", 1).text == #"{"bookmarks":{"a":1}}"#)
  }
}
