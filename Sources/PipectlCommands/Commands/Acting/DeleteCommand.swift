import ArgumentParser
import ControlLoop
import PipelineModel
import Reconciler

struct DeleteCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete", abstract: "Let pipelines go; their history, states and requests stay.",
    discussion: "No run is cancelled. A pipeline whose manifest is still there comes back with the next apply.")

  @OptionGroup var pipelines: PipelineSelection
  @OptionGroup var consent: ConsentOptions
  @Option(help: "How long another pipectl on the same state folder is waited for.")
  var lockTimeout = SpanArgument(Workspace.lockTimeout)
  @Option(name: .shortAndLong, help: "text, json or yaml.")
  var output: DocumentFormat = .text
  @OptionGroup var global: GlobalOptions

  func validate() throws { try pipelines.require() }

  func verdict() async throws -> Verdict {
    let records = try pipelines.records(in: try Workspace.openForReading(global.folder, tracer: global.callTracer))
    let names = records.map(\.name.text).joined(separator: ", ")
    try refuseProtected(records)
    guard consent.granted.contains(.delete) || isAgreed(names, count: records.count) else {
      throw CommandEnd(
        .failed("nothing was done, for deleting \(names) needs your consent: add --yes --allow delete to agree"),
        outcome: "ConsentNeeded")
    }
    let workspace = try Workspace.open(global.folder, tracer: global.callTracer)
    let operations = records.map { record in
      forgetOperation(record.name, generation: record.generation, reason: "deleted by \(author())")
    }
    let goal = LoopGoal(scope: records.map(\.name), until: .planned, savedPlan: operations)
    let result = try await Pursuit(
      workspace: workspace, terminal: global.terminal, granted: consent.granted, lockTimeout: lockTimeout.span
    ).run(goal)
    let lines = try records.map { record in
      let running = try workspace.activeRun(of: record.name).map { " \($0.id) goes on." } ?? ""
      return "\(record.name) is let go; its history, states and requests stay.\(running)"
    }
    return try global.terminal.report(result, as: output, plan: nil, done: lines.joined(separator: "\n"))
  }

  private func refuseProtected(_ records: [PipelineRecord]) throws(CommandEnd) {
    let protected = records.filter(\.applied.isProtected).map(\.name.text)
    guard !protected.isEmpty else { return }
    let (are, manifests) = protected.count == 1 ? ("is", "its manifest") : ("are", "their manifests")
    throw .failed(
      "\(protected.joined(separator: ", ")) \(are) protected, and nothing was done: apply \(manifests) without `metadata.protected: true` first"
    )
  }

  private func isAgreed(_ names: String, count: Int) -> Bool {
    let terminal = global.terminal
    let whose = count == 1 ? "Its" : "Their"
    return terminal.isInteractive
      && terminal.agrees(
        to: "Really delete \(names)? \(whose) history, states and requests stay, and no run is cancelled.")
  }
}
