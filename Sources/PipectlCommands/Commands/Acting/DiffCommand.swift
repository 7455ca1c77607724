import ArgumentParser
import ControlLoop
import PipelineModel

struct DiffCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Show how manifests differ from what is recorded; 0 for not at all, 1 for somehow, 2 for an error.")

  @OptionGroup var manifests: ManifestOptions
  @OptionGroup var prune: PruneOptions
  @Option(name: .shortAndLong, help: "text, json or yaml.")
  var output: DocumentFormat = .text
  @OptionGroup var mistakes: MistakeOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    try manifests.demandFiles()
    try mistakes.refuse(beside: output)
  }

  func verdict() async throws -> Verdict {
    do {
      return try await compared()
    } catch {
      guard let end = CommandEnd(thrown: error) else { throw error }
      throw CommandEnd(.diffFailed(end.verdict.problem), outcome: end.outcome, mistakes: end.mistakes)
    }
  }

  private func compared() async throws -> Verdict {
    let terminal = mistakes.terminal(global)
    let desired = try manifests.desiredState(terminal, mistakes: mistakes.format, beside: document)
    let preview = try await Workspace.openForReading(global.folder).controller().preview(
      LoopGoal(manifests, desired: prune.limiting(desired)))
    if let refusal = preview.refusal { throw CommandEnd(refusal) }
    let view = DiffView(preview.plan)
    try terminal.show(view, as: output) { view.text(paint: $0) }
    if !view.refusals.isEmpty { return .diffFailed(view.refusals.joined(separator: "\n       ")) }
    return view.items.isEmpty ? .done() : .differs
  }
}
