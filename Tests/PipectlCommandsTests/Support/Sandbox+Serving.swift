import Foundation
import Glibc

extension Sandbox {
  /// Starts a controller that does only what commands hand over, and waits until it listens.
  func startController(_ options: String...) throws -> Running {
    let controller = try start(["serve-goals"] + options)
    try eventually("the controller serves") {
      guard controller.isRunning else { throw SandboxError("it ended: \(controller.end())") }
      return controller.errors.contains("Serving.")
    }
    return controller
  }

  /// What the controller answers to `GET`, over its socket.
  func ask(_ target: String) throws -> String {
    let outcome = try Running(
      program: "/usr/bin/env", ["python3", "-c", Sandbox.asking, ".pipectl/control/socket", target], in: self,
      environment: [:], input: ""
    ).end()
    guard outcome.exitCode == 0 else { throw SandboxError("\(target): \(outcome)") }
    return outcome.output
  }

  private static let asking = """
    import http.client, socket, sys
    connection = http.client.HTTPConnection("localhost")
    connection.sock = socket.socket(socket.AF_UNIX)
    connection.sock.connect(sys.argv[1])
    connection.request("GET", sys.argv[2])
    answer = connection.getresponse()
    print(answer.status)
    print(answer.read().decode(), end="")
    """
}

extension Running {
  /// Kills it, and waits until it is gone.
  func endNow() {
    send(SIGKILL)
    _ = end()
  }
}
