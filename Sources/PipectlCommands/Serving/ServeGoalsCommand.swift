import ArgumentParser
import ControlAPI
import ControlServer
import PipelineModel

/// A controller that follows nothing and only does what commands hand over; for the tests of handing over.
struct ServeGoalsCommand: VerdictCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve-goals", abstract: "Serve commands, and follow nothing.", shouldDisplay: false)

  @Option(help: "Refuse what others apply of this folder.")
  var follows: String?
  @OptionGroup var global: GlobalOptions

  func verdict() async throws -> Verdict {
    let workspace = try Workspace.open(global.folder, tracer: global.callTracer)
    return try await Workspace.underLock(global.folder, timeout: Workspace.lockTimeout) {
      let desk = try CommandDesk(workspace)
      let sets = follows.map { [SourceSet.path($0)] } ?? []
      let server = desk.server(status: FixedStatus(startedAt: workspace.clock.now(), sets: sets))
      let terminal = global.terminal
      do throws(ControlError) {
        try await server.run { terminal.say("Serving.") }
      } catch {
        throw CommandEnd(error)
      }
      return .done()
    }
  }
}

/// A controller that does nothing by itself has nothing new to tell.
private struct FixedStatus: ControllerStatusSource {
  let startedAt: Timestamp
  let sets: [SourceSet]

  func status() -> ControllerStatus {
    ControllerStatus(
      startedAt: startedAt, checks: [ControllerStatus.Check("store")],
      source: sets.isEmpty ? nil : ControllerStatus.Source(sets: sets))
  }
}
