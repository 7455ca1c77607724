import Foundation

/// A state folder's path below a temporary folder, which is removed at the end.
final class TestFolder: Sendable {
  let parent: String
  var path: String { parent + "/state" }
  var file: String { path + "/store.sqlite" }

  init() throws {
    parent = NSTemporaryDirectory() + "pipectl-store-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: parent) }
}
