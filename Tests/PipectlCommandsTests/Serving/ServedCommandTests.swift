import Foundation
import Glibc
import Testing

/// Commands say the same, and end the same, whether a controller has the folder or not.
struct ServedCommandTests {
  @Test func `commands print the same with and without a controller`() throws {
    let (alone, served) = (try Sandbox(), try Sandbox())
    for sandbox in [alone, served] {
      try sandbox.writeCSVPipeline(request: "first")
      try sandbox.writeGatedPipeline()
    }
    for sandbox in [alone, served] { try sandbox.writeMarkingPipeline("other", file: "followed/other.yaml") }
    #expect(try alone.pipectl("apply", "-f", "followed").exitCode == 0)
    let daemon = try Daemon(served, ["--manifests", "followed"])
    for command in commands {
      let outcomes = try [alone, served].map { sandbox in
        try comparable(sandbox.start(command).end(), in: sandbox)
      }
      #expect(outcomes[0] == outcomes[1], "pipectl \(command.joined(separator: " "))")
    }
    #expect(daemon.program.isRunning)
    #expect(try daemon.says("run ended: cancelled"), "the controller did it")
    #expect(daemon.end().exitCode == 0)
  }

  private let commands = [
    ["apply", "-f", "pipelines"],
    ["apply", "-f", "pipelines"],
    ["apply", "-f", "pipelines", "-o", "json"],
    ["apply", "-f", "nowhere"],
    ["pause", "rows", "--reason", "the shop moves"],
    ["start", "rows", "--request", "while-paused"],
    ["resume", "rows"],
    ["resume", "rows", "--remove"],
    ["start", "rows", "--request", "first"],
    ["start", "rows", "--request", "again", "-o", "json"],
    ["start", "nothing"],
    ["stop", "rows", "--yes"],
    ["start", "slow", "--no-wait", "--request", "one"],
    ["start", "slow", "--request", "two", "--if-running", "reject"],
    ["stop", "slow"],
    ["stop", "slow", "--yes", "--request", "enough"],
    ["stop", "slow", "--yes", "--request", "enough"],
    ["start", "rows", "--drop-destination-first", "--request", "anew"],
    ["delete", "rows"],
    ["delete", "rows", "--yes", "--allow", "delete"],
    ["delete", "rows", "--yes", "--allow", "delete"],
  ]

  /// Without what differs from run to run: which stages are seen, instants and spans, and how much had gone when a run was cancelled.
  private func comparable(_ outcome: Outcome, in sandbox: Sandbox) throws -> [String] {
    let stage = #"^\S+\.\d+: [a-z ]+( \(.*\))?$"#
    let text = normalised(outcome.output + "--\n" + outcome.errors, in: sandbox)
      .replacingOccurrences(of: #""(took|duration)" : ".*""#, with: "<span>", options: .regularExpression)
    let lines = text.split(separator: "\n").map(String.init)
    return ["exit \(outcome.exitCode)"] + lines.filter { $0.range(of: stage, options: .regularExpression) == nil }
  }

  @Test func `what a controller follows is applied by nobody else`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeMarkingPipeline()
    let daemon = try Daemon(sandbox, ["--manifests", "pipelines"])
    for file in ["pipelines", "pipelines/orders.yaml"] {
      let apply = try sandbox.pipectl("apply", "-f", file)
      #expect(apply.exitCode == 1)
      #expect(
        apply.errors.contains(
          "the controller of this state folder follows \(sandbox.path)/pipelines, and applies what is there by itself; nothing was done"
        ), "\(apply)")
    }
    #expect(try sandbox.pipectl("plan", "-f", "pipelines").exitCode == 0)
    #expect(daemon.end().exitCode == 0)
    #expect(try sandbox.pipectl("apply", "-f", "pipelines").exitCode == 0)
  }
}
