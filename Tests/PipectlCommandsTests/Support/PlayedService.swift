import Foundation
import Glibc
import Testing

/// A program that plays a service, until the test is over.
final class PlayedService {
  let program: Running
  /// `http://127.0.0.1:4711`.
  let address: String

  /// - Parameter arguments: of `contract-server`, besides the port.
  init(_ arguments: [String], in sandbox: Sandbox) throws {
    let program = try Running(
      program: Sandbox.programs + "/contract-server", arguments + ["--port", "0"], in: sandbox, environment: [:],
      input: "")
    try eventually("the service listens") { program.output.contains("\n") || !program.isRunning }
    guard let address = program.output.split(separator: " ").last else { throw SandboxError(program.errors) }
    self.program = program
    self.address = address.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// What was asked for that the service's documents do not allow.
  var violations: String { program.errors }

  deinit { program.send(SIGKILL) }
}
