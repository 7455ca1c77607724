import Foundation

/// A temporary folder, removed with its last owner.
final class TrialFolder: Sendable {
  let path: String

  init(_ name: String) throws {
    path = NSTemporaryDirectory() + "pipectl-trial-\(name)-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String) -> String { "\(path)/\(name)" }

  func write(_ name: String, _ text: String) throws {
    try text.write(toFile: file(name), atomically: true, encoding: .utf8)
  }

  func remove(_ name: String) throws {
    if FileManager.default.fileExists(atPath: file(name)) { try FileManager.default.removeItem(atPath: file(name)) }
  }

  func lines(_ name: String) -> [String] {
    let text = (try? String(contentsOfFile: file(name), encoding: .utf8)) ?? ""
    return text.split(separator: "\n").map(String.init)
  }
}
