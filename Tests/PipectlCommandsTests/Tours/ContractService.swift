import Foundation
import Glibc

/// A program that plays a remote service, on a port of its own, until the test lets go of it.
final class ContractService {
  let program: Running
  let address: String

  /// - Parameter arguments: the service, and how it is played.
  init(_ arguments: String..., in sandbox: Sandbox) throws {
    let program = try Running(
      program: Sandbox.programs + "/contract-server", arguments + ["--port", "0"], in: sandbox, environment: [:],
      input: "")
    try eventually("the service listens") { program.output.contains("\n") || !program.isRunning }
    guard let address = program.output.split(separator: " ").last else { throw SandboxError(program.errors) }
    self.program = program
    self.address = address.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// What was asked for that the service's documents do not allow; empty where everything was in order.
  var violations: String { program.errors }

  deinit {
    program.send(SIGKILL)
    _ = program.end()
  }
}
