import EngineAPI
import PipelineModel
import SQLiteStore
import Testing

/// What engines keep in the state folder.
@Suite struct EngineMemoryTests {
  private let far = EngineName("far")

  @Test func `a document is what the last change made of it, in every process`() throws {
    let folder = try TestFolder()
    let store = try SQLiteStore.open(folder: folder.path)
    let other = try SQLiteStore.open(folder: folder.path)
    try store.change("b", of: far) { old in old ?? "one" }
    try other.change("b", of: far) { old in old.map { $0 + " two" } }
    try store.change("a", of: far) { _ in "first" }
    try store.change("b", of: EngineName("other")) { _ in "theirs" }
    let kept = try other.documents(of: far)
    #expect(kept == [EngineDocument(key: "a", text: "first"), EngineDocument(key: "b", text: "one two")])
    let named = try store.documents(named: "b")
    #expect(named.map(\.engine.text) == ["far", "other"])
    try other.change("a", of: far) { _ in nil }
    #expect(try store.documents(of: far).map(\.key) == ["b"])
  }

  @Test func `whoever only reads changes nothing`() throws {
    let folder = try TestFolder()
    try SQLiteStore.open(folder: folder.path).change("a", of: far) { _ in "kept" }
    let reader = try #require(try SQLiteStore.openReadOnly(folder: folder.path))
    let error = #expect(throws: EngineError.self) { try reader.change("a", of: far) { _ in "changed" } }
    #expect(error?.retryability == .retryable)
    #expect(try reader.documents(of: far) == [EngineDocument(key: "a", text: "kept")])
  }
}
