import ArgumentParser
import ControlLoop
import PipelineModel
import Reconciler

struct DeleteCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete", abstract: "Let a pipeline go; its history, states and requests stay.",
    discussion: "No run is cancelled. A pipeline whose manifest is still there comes back with the next apply.")

  @Argument(help: "The pipeline.", completion: .pipelines, transform: plainName)
  var pipeline: String
  @OptionGroup var consent: ConsentOptions
  @Option(help: "How long another pipectl on the same state folder is waited for.")
  var lockTimeout = SpanArgument(Workspace.lockTimeout)
  @Option(name: .shortAndLong, help: "text, json or yaml.")
  var output: DocumentFormat = .text
  @OptionGroup var global: GlobalOptions

  func verdict() async throws -> Verdict {
    let record = try Workspace.openForReading(global.folder).pipeline(pipeline)
    if record.applied.isProtected {
      throw CommandEnd.failed(
        "\(pipeline) is protected, and nothing was done: apply its manifest without `metadata.protected: true` first")
    }
    guard consent.granted.contains(.delete) || isAgreed() else {
      throw CommandEnd(
        .failed("nothing was done, for deleting \(pipeline) needs your consent: add --yes --allow delete to agree"),
        outcome: "ConsentNeeded")
    }
    let workspace = try Workspace.open(global.folder)
    let operation = forgetOperation(record.name, generation: record.generation, reason: "deleted by \(author())")
    let goal = LoopGoal(scope: [record.name], until: .planned, savedPlan: [operation])
    let result = try await Pursuit(
      workspace: workspace, terminal: global.terminal, granted: consent.granted, lockTimeout: lockTimeout.span
    ).run(goal)
    let running = try workspace.activeRun(of: record.name).map { " \($0.id) goes on." } ?? ""
    return try global.terminal.report(
      result, as: output, plan: nil,
      done: "\(pipeline) is let go; its history, states and requests stay.\(running)")
  }

  private func isAgreed() -> Bool {
    let terminal = global.terminal
    return terminal.isInteractive
      && terminal.agrees(
        to: "Really delete \(pipeline)? Its history, states and requests stay, and no run is cancelled.")
  }
}
