import ArgumentParser
import ContractServers
import Foundation
import PipelineModel

struct MigratorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "migrator", abstract: "MongoDB Relational Migrator's REST API.",
    discussion: """
      The project `shop-1` is there. Nobody is asked who calls.
      Faults: \(Fault.forms).
      """)

  @Option(help: "Where to listen on this machine; 0 for any port that is free.")
  var port = 8278

  @Option(help: "How much faster than usual its clock goes.")
  var speed = 1.0

  @Option(help: ArgumentHelp("What goes wrong, and how often.", valueName: "METHOD PATH=FAULT xN"))
  var fault: [String] = []

  @Option(help: "How long a snapshot takes, in seconds of its clock.")
  var snapshot: Int64 = 60

  @Option(help: "How long a stop takes, in seconds of its clock.")
  var stop: Int64 = 20

  @Option(help: "As many projects of all kinds in place of the one, to try an import.")
  var projects: Int?

  @Flag(help: "Answer in another order, and leave out what is as usual.")
  var terse = false

  @Flag(help: "Have continuous jobs, as releases before 1.15 do.")
  var continuous = false

  @Flag(help: "Answer with codes of its own, 440 and 470, as releases until the middle of 2026 do.")
  var ownCodes = false

  func run() async throws {
    let faults = FaultScript()
    for rule in fault where !faults.add(rule: rule) {
      throw ValidationError("`\(rule)` is no fault; write one like `POST /api/v1/jobs=drop-after x2`")
    }
    var instance = projects.map { MigratorInstance.mixed($0) } ?? MigratorInstance()
    instance.habits.hasChangeCapture = continuous || projects != nil
    instance.habits.shufflesLists = terse
    instance.habits.leavesOutDefaults = terse
    instance.habits.hasOwnCodes = ownCodes
    instance.habits.stopTakes = TimeSpan(seconds: stop)
    instance.plan.snapshotTakes = TimeSpan(seconds: snapshot)
    let dialect = MigratorContract(instance, clock: RunningClock(speed: speed)) { violation in
      say("not allowed: \(violation)", to: .standardError)
    }
    try await ContractServer(dialect, faults: faults).serve(port: port) { address in
      say("Relational Migrator answers at \(address)", to: .standardOutput)
      while !Task.isCancelled { try await Task.sleep(for: .seconds(3600)) }
    }
  }
}
