import Foundation
import PipelineModel
import SQLiteStore
import StoreAPI
import Testing

@Suite struct BackupTests {
  let folder: TestFolder
  init() throws { folder = try TestFolder() }

  private var copy: String { folder.parent + "/copy.sqlite" }

  private func environment() throws -> String? {
    try SQLiteStore.open(folder: folder.path).load(StoreQuery()).environment
  }

  @Test func `a backup brings back what was there, and keeps what it replaces`() throws {
    let store = try SQLiteStore.open(folder: folder.path)
    try store.commit(StoreSamples.everything)
    let before = try store.load(StoreQuery())
    try store.backup(to: copy)
    try store.commit([.bindEnvironment("later")])
    try store.close()
    let kept = try #require(try SQLiteStore.restore(folder: folder.path, from: copy))
    #expect(kept == folder.file + ".before-restore-1")
    #expect(try SQLiteStore.open(folder: folder.path).load(StoreQuery()) == before)
    #expect(try SQLiteStore.restore(folder: folder.path, from: kept) == folder.file + ".before-restore-2")
    #expect(try environment() == "later")
  }

  @Test func `a backup can fill a new folder, with its identity`() throws {
    let store = try SQLiteStore.open(folder: folder.path)
    try store.commit([.bindEnvironment("prod")])
    try store.backup(to: copy)
    let other = folder.parent + "/other"
    #expect(try SQLiteStore.restore(folder: other, from: copy) == nil)
    let opened = try SQLiteStore.open(folder: other)
    #expect(opened.folderID == store.folderID)
    #expect(try opened.load(StoreQuery()).environment == "prod")
  }

  @Test func `a backup never replaces a file, and leaves nothing half done`() throws {
    let store = try SQLiteStore.open(folder: folder.path)
    try Data("mine".utf8).write(to: URL(filePath: copy))
    #expect(throws: StoreError.self) { try store.backup(to: copy) }
    #expect(try String(contentsOfFile: copy, encoding: .utf8) == "mine")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.parent).sorted() == ["copy.sqlite", "state"])
  }

  @Test func `a damaged file is replaced together with its journal`() throws {
    let store = try SQLiteStore.open(folder: folder.path)
    try store.commit([.bindEnvironment("prod")])
    try store.backup(to: copy)
    try store.close()
    try Data("garbage".utf8).write(to: URL(filePath: folder.file))
    try Data("journal".utf8).write(to: URL(filePath: folder.file + "-journal"))
    let kept = try #require(try SQLiteStore.restore(folder: folder.path, from: copy))
    #expect(try environment() == "prod")
    #expect(try String(contentsOfFile: kept, encoding: .utf8) == "garbage")
    #expect(try String(contentsOfFile: kept + "-journal", encoding: .utf8) == "journal")
  }

  @Test(arguments: ["", "no database at all, only text that is long enough to be looked at as one, and then some more"])
  func `what is no backup is refused, and nothing is touched`(content: String) throws {
    let store = try SQLiteStore.open(folder: folder.path)
    try store.commit([.bindEnvironment("prod")])
    try store.close()
    try Data(content.utf8).write(to: URL(filePath: copy))
    #expect(throws: StoreError.self) { try SQLiteStore.restore(folder: folder.path, from: copy) }
    #expect(throws: StoreError.self) { try SQLiteStore.restore(folder: folder.path, from: folder.parent + "/missing") }
    #expect(try environment() == "prod")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["store.sqlite"])
  }
}
