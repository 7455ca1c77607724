import Foundation
import PipelineModel

@testable import LocalEngine

extension Bench {
  /// Looks at a connector with the bench's own folder for temporary files.
  func look(
    at connection: Connection, as role: ConnectorProbe.Role = .source, timeout: TimeSpan = TimeSpan(seconds: 300),
    until isInterrupted: @escaping @Sendable () -> Bool = { false }
  ) async throws -> ProbeReport {
    try FileManager.default.createDirectory(atPath: file("temporary"), withIntermediateDirectories: true)
    return await ConnectorProbe(
      timeout: timeout, connectorsFolder: file("connectors"), temporaryFolder: file("temporary"),
      isInterrupted: isInterrupted
    ).look(at: connection, as: role)
  }

  /// A shell script in place of a connector.
  func script(
    _ name: String, _ text: String, config: [ConfigEntry] = [], environment: [ConfigEntry] = []
  ) throws -> Connection {
    try Bench.writeProgram("#!/bin/sh\n" + text, to: file(name))
    return connection(name, config, environment: environment)
  }

  /// What looks have left behind.
  var remains: [String] { (try? FileManager.default.contentsOfDirectory(atPath: file("temporary"))) ?? [] }
}
