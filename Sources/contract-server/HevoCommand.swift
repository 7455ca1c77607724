import ArgumentParser
import ContractServers
import Foundation
import PipelineModel

struct HevoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hevo", abstract: "Hevo Edge's interface, version 1.",
    discussion: """
      Three pipelines are there: 17, 18 and 19; the last one is disabled. The key is `hevo-key`, the secret `hevo-secret`.
      Faults: \(Fault.forms).
      """)

  @Option(help: "Where to listen on this machine; 0 for any port that is free.")
  var port = 8812

  @Option(help: "How much faster than usual its clock goes.")
  var speed = 1.0

  @Option(help: ArgumentHelp("What goes wrong, and how often.", valueName: "METHOD PATH=FAULT xN"))
  var fault: [String] = []

  @Option(help: "How long a job takes, in seconds of its clock.")
  var job: Int64 = 60

  @Option(help: "How much of that refreshes the schema, which no cancel interrupts.")
  var refresh: Int64 = 0

  @Option(help: ArgumentHelp("A job that Hevo has begun by itself.", valueName: "PIPELINE:TYPE"))
  var begun: [String] = []

  @Option(help: "The password of its key.")
  var secret = "hevo-secret"

  @Flag(inversion: .prefixedNo, help: "Begin jobs by the pipelines' schedules too.")
  var schedules = false

  func run() async throws {
    let faults = FaultScript()
    for rule in fault where !faults.add(rule: rule) {
      throw ValidationError(
        "`\(rule)` is no fault; write one like `POST /api/v1/pipelines/*/actions/sync-now=drop-after x2`")
    }
    let pipelines = [(17, "Shop"), (18, "Billing"), (19, "Support")].map { id, name in
      var pipeline = HevoPipelineState(id: id, name: name)
      pipeline.firesSchedule = schedules
      pipeline.jobTakes = TimeSpan(seconds: job)
      pipeline.refreshTakes = TimeSpan(seconds: refresh)
      if id == 19 { pipeline.status = "DISABLED" }
      return pipeline
    }
    var account = HevoAccount(pipelines: pipelines)
    account.secret = secret
    account.habits.switchTakes = TimeSpan(seconds: 1)
    let dialect = HevoContract(account, clock: RunningClock(speed: speed)) { violation in
      say("not allowed: \(violation)", to: .standardError)
    }
    for job in begun {
      let parts = job.split(separator: ":").map(String.init)
      guard parts.count == 2, let id = Int(parts[0]), dialect.begin(id, type: parts[1]) else {
        throw ValidationError("`\(job)` is no job; write one like `17:REFRESHER`")
      }
    }
    try await ContractServer(dialect, faults: faults).serve(port: port) { address in
      say("Hevo answers at \(address)", to: .standardOutput)
      while !Task.isCancelled { try await Task.sleep(for: .seconds(3600)) }
    }
  }
}
