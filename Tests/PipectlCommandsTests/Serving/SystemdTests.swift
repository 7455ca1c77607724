import Foundation
import Testing

/// The unit that is shipped is one that systemd takes without a word, and its command is one that pipectl takes.
struct SystemdTests {
  private static let unit = URL(filePath: #filePath).deletingLastPathComponent().appending(
    path: "../../../examples/systemd/pipectl.service"
  ).standardizedFileURL.path

  @Test(.enabled(if: Sandbox.hasProgram("systemd-analyze"), "systemd-analyze is not installed"))
  func `systemd finds nothing to say about the unit`() throws {
    let sandbox = try Sandbox()
    let text = try String(contentsOfFile: Self.unit, encoding: .utf8)
    try sandbox.write(
      text.replacingOccurrences(of: "/usr/local/bin/pipectl", with: Sandbox.program), to: "pipectl.service")
    let check = try Running(
      program: "/usr/bin/env", ["systemd-analyze", "verify", sandbox.path + "/pipectl.service"], in: sandbox,
      environment: [:], input: ""
    ).end()
    #expect(check.exitCode == 0 && check.output.isEmpty && check.errors.isEmpty, "\(check)")
  }

  @Test func `the unit's command serves`() throws {
    let sandbox = try Sandbox()
    let upstream = try Upstream(sandbox)
    try upstream.commit(try sandbox.markingManifest("orders"))
    let lines = try String(contentsOfFile: Self.unit, encoding: .utf8).split(separator: "\n")
    let command = try #require(lines.first { $0.hasPrefix("ExecStart=") }).dropFirst("ExecStart=".count)
    let words = command.split(separator: " ").map {
      $0 == "file:///srv/git/pipelines.git"
        ? "file://" + upstream.bare : $0 == "/var/lib/pipectl" ? ".pipectl" : String($0)
    }
    #expect(words.prefix(2) == ["/usr/local/bin/pipectl", "serve"])
    let daemon = try Daemon(sandbox, Array(words.dropFirst(2).filter { $0 != "--log-format" && $0 != "json" }))
    try daemon.awaits("applied: 1 operation")
    #expect(daemon.end().exitCode == 0)
  }
}
