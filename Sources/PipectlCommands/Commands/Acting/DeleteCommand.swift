import ArgumentParser
import ControlLoop
import PipelineModel
import Reconciler

struct DeleteCommand: VerdictCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete", abstract: "Let a pipeline go; its history, states and requests stay.",
    discussion: "No run is cancelled. A pipeline whose manifest is still there comes back with the next apply.")

  @Argument(help: "The pipeline.", completion: .pipelines)
  var pipeline: String
  @OptionGroup var consent: ConsentOptions
  @Option(help: "How long another pipectl on the same state folder is waited for.")
  var lockTimeout = SpanArgument(Workspace.lockTimeout)
  @OptionGroup var global: GlobalOptions

  func verdict() async throws -> Verdict {
    let record = try Workspace.openForReading(global.folder).pipeline(pipeline)
    if record.applied.isProtected {
      return .failed(
        "\(pipeline) is protected, and nothing was done: apply its manifest without `metadata.protected: true` first")
    }
    guard consent.granted.contains(.delete) || isAgreed() else {
      return .failed("nothing was done, for deleting \(pipeline) needs your consent: add --yes --allow delete to agree")
    }
    let workspace = try Workspace.open(global.folder)
    let operation = forgetOperation(record.name, generation: record.generation, reason: "deleted by \(author())")
    let goal = LoopGoal(scope: [record.name], until: .planned, savedPlan: [operation])
    let result = try await Pursuit(
      workspace: workspace, terminal: global.terminal, granted: consent.granted, lockTimeout: lockTimeout.span
    ).run(goal)
    let running = try workspace.activeRun(of: record.name).map { " \($0.id) goes on." } ?? ""
    return result.verdict(done: "\(pipeline) is let go; its history, states and requests stay.\(running)")
  }

  private func isAgreed() -> Bool {
    let terminal = global.terminal
    return terminal.isInteractive
      && terminal.agrees(
        to: "Really delete \(pipeline)? Its history, states and requests stay, and no run is cancelled.")
  }
}
