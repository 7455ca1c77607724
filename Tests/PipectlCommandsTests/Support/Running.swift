import Foundation
import Glibc

/// A program that was started, with its output kept in files.
final class Running: @unchecked Sendable {
  private let process = Process()
  private let folder: String

  init(
    program: String, _ arguments: [String], in sandbox: Sandbox, environment: [String: String], input: String
  ) throws {
    folder = sandbox.path + "/.output-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for name in ["in", "out", "err"] {
      try Data((name == "in" ? input : "").utf8).write(to: URL(fileURLWithPath: folder + "/" + name))
    }
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: sandbox.path)
    process.environment = sandbox.environment.merging(environment) { _, new in new }
    process.standardInput = FileHandle(forReadingAtPath: folder + "/in")
    process.standardOutput = FileHandle(forWritingAtPath: folder + "/out")
    process.standardError = FileHandle(forWritingAtPath: folder + "/err")
    try process.run()
  }

  var pid: Int32 { process.processIdentifier }
  var isRunning: Bool { process.isRunning }
  var output: String { text("out") }
  var errors: String { text("err") }

  func send(_ signal: Int32) { kill(pid, signal) }

  /// Waits until the program has ended; one that hangs is killed, and what it said by then is in the outcome.
  func end() -> Outcome {
    let patience = DispatchWorkItem { [pid] in kill(pid, SIGKILL) }
    DispatchQueue.global().asyncAfter(deadline: .now() + 900, execute: patience)
    process.waitUntilExit()
    patience.cancel()
    let code = process.terminationReason == .uncaughtSignal ? -process.terminationStatus : process.terminationStatus
    return Outcome(exitCode: code, output: output, errors: errors)
  }

  private func text(_ name: String) -> String {
    String(decoding: FileManager.default.contents(atPath: folder + "/" + name) ?? Data(), as: UTF8.self)
  }
}

/// Polls until something holds; the system gives no event for what other programs write.
func eventually(
  within seconds: Double = 120, _ what: String, _ holds: () throws -> Bool
) throws {
  let deadline = Date().addingTimeInterval(seconds)
  while try !holds() {
    guard Date() < deadline else { throw SandboxError("after \(seconds) s it still does not hold that \(what)") }
    usleep(20_000)  // poll: other programs' files
  }
}
