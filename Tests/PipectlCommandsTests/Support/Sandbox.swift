import Foundation
import Glibc

/// A folder of its own for one test, in which the real program runs.
final class Sandbox: Sendable {
  let path: String

  init() throws {
    let template = FileManager.default.temporaryDirectory.path + "/pipectl-test-XXXXXX"
    var bytes = Array(template.utf8CString)
    guard let made = mkdtemp(&bytes) else { throw SandboxError("no temporary folder: errno \(errno)") }
    path = String(cString: made)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  func write(_ text: String, to file: String, mode: Int = 0o644) throws {
    let target = path + "/" + file
    let folder = (target as NSString).deletingLastPathComponent
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let unfinished = folder + "/.\(UUID().uuidString)"
    try Data(text.utf8).write(to: URL(fileURLWithPath: unfinished))
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: unfinished)
    guard rename(unfinished, target) == 0 else { throw SandboxError("\(target): \(String(cString: strerror(errno)))") }
  }

  func read(_ file: String) throws -> String {
    try String(contentsOfFile: path + "/" + file, encoding: .utf8)
  }

  func remove(_ file: String) throws {
    try FileManager.default.removeItem(atPath: path + "/" + file)
  }

  func exists(_ file: String) -> Bool {
    FileManager.default.fileExists(atPath: path + "/" + file)
  }

  /// Runs `pipectl` to its end.
  func pipectl(_ arguments: String..., environment: [String: String] = [:], input: String = "") throws -> Outcome {
    try start(arguments, environment: environment, input: input).end()
  }

  /// Starts `pipectl`, and leaves it running.
  func start(_ arguments: [String], environment: [String: String] = [:], input: String = "") throws -> Running {
    try Running(program: Sandbox.program, arguments, in: self, environment: environment, input: input)
  }

  /// The environment of everything that runs here; nothing of the test's own but PATH.
  var environment: [String: String] {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return ["PATH": Sandbox.programs + ":" + path, "HOME": self.path, "LANG": "C.UTF-8"]
  }

  /// The folder of the built program: where SwiftPM puts the test's resources too.
  static let programs = Bundle.module.bundleURL.deletingLastPathComponent().path
  static let program = programs + "/pipectl"
}

/// How a program ended.
struct Outcome: Sendable, CustomStringConvertible {
  /// Negative: the number of the signal that it died of.
  let exitCode: Int32
  let output: String
  let errors: String

  var description: String { "exit code \(exitCode)\n--- standard output\n\(output)--- standard error\n\(errors)" }
}

struct SandboxError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
