import Foundation

/// Where figures are taken: the programs, how much of everything, and a folder that is gone at the end.
struct Workbench {
  let pipectl: String
  /// The folder of this package's own programs.
  let tools: String
  let scale: Scale
  /// All programs run in it.
  let folder: String

  enum Scale: String {
    case full
    /// Everything once and small: shows that the figures can be taken, and nothing else.
    case tiny
  }

  init(pipectl: String, tools: String, scale: Scale) throws {
    self.pipectl = pipectl
    self.tools = tools
    self.scale = scale
    folder = NSTemporaryDirectory() + "pipectl-bench-\(ProcessInfo.processInfo.processIdentifier)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    guard FileManager.default.changeCurrentDirectoryPath(folder) else {
      throw BenchError("\(folder) cannot be entered")
    }
  }

  func clean() {
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// What lives through simulated time; built beside pipectl.
  var simulate: String { URL(fileURLWithPath: pipectl).deletingLastPathComponent().path + "/simulate" }

  func path(_ name: String) -> String { "\(folder)/\(name)" }
  func tool(_ name: String) -> String { "\(tools)/\(name)" }

  /// So many in a full run, and a hundredth in a tiny one.
  func many(_ count: Int) -> Int { scale == .full ? count : max(1, count / 100) }
  func rounds(_ count: Int) -> Int { scale == .full ? count : 1 }

  /// pipectl on a state folder of its own.
  func pipectl(_ arguments: String..., state: String) -> Program {
    Program(arguments: [pipectl] + arguments + ["--state", path(state)])
  }

  func write(_ text: String, to name: String) throws {
    try text.write(toFile: path(name), atomically: false, encoding: .utf8)
  }

  func emptyFolder(_ name: String) throws {
    try? FileManager.default.removeItem(atPath: path(name))
    try FileManager.default.createDirectory(atPath: path(name), withIntermediateDirectories: true)
  }

  func remove(_ name: String) {
    try? FileManager.default.removeItem(atPath: path(name))
  }

  func size(of name: String) -> Int {
    (try? FileManager.default.attributesOfItem(atPath: path(name))[.size] as? Int) ?? 0
  }
}
