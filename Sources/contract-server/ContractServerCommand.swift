import ArgumentParser
import ContractServers
import Foundation
import PipelineModel

/// Serves a remote engine's documented behaviour on this machine, for whoever has no account there.
@main
struct ContractServerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "contract-server",
    abstract: "Plays a replication service, so that pipectl can be tried without an account.",
    subcommands: [StitchCommand.self, HevoCommand.self, MigratorCommand.self])
}

struct StitchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stitch", abstract: "Stitch's Connect API, version 4.",
    discussion: """
      Three sources are there: 4711, 4712 and 4713. The token is `stitch-token`.
      Faults: \(Fault.forms).
      """)

  @Option(help: "Where to listen on this machine; 0 for any port that is free.")
  var port = 8811

  @Option(help: "How much faster than usual its clock goes.")
  var speed = 1.0

  @Option(help: ArgumentHelp("What goes wrong, and how often.", valueName: "METHOD PATH=FAULT xN"))
  var fault: [String] = []

  func run() async throws {
    let faults = FaultScript()
    for rule in fault where !faults.add(rule: rule) {
      throw ValidationError("`\(rule)` is no fault; write one like `POST /v4/sources/*/sync=drop-after x2`")
    }
    let sources = [(4711, "Shop"), (4712, "Billing"), (4713, "Support")].map { id, name in
      var source = StitchSourceState(id: id, name: name)
      source.firesSchedule = true
      source.jobTakes = TimeSpan(seconds: 60)
      return source
    }
    let dialect = StitchContract(StitchAccount(sources: sources), clock: RunningClock(speed: speed)) { violation in
      say("not allowed: \(violation)", to: .standardError)
    }
    try await ContractServer(dialect, faults: faults).serve(port: port) { address in
      say("Stitch answers at \(address)", to: .standardOutput)
      while !Task.isCancelled { try await Task.sleep(for: .seconds(3600)) }
    }
  }
}

/// One line, at once.
func say(_ line: String, to output: FileHandle) {
  output.write(Data((line + "\n").utf8))
}
