import ArgumentParser
import ControlLoop
import PipelineModel

struct DiffCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Show how manifests differ from what is recorded; 0 for not at all, 1 for somehow, 2 for an error.")

  @OptionGroup var manifests: ManifestOptions
  @OptionGroup var prune: PruneOptions
  @Option(name: .shortAndLong, help: "text or json.")
  var output: OutputFormat = .text
  @OptionGroup var global: GlobalOptions

  func validate() throws { try manifests.demandFiles() }

  func verdict() async throws -> Verdict {
    do {
      return try await compared()
    } catch {
      guard let end = CommandEnd(thrown: error) else { throw error }
      throw CommandEnd(.diffFailed(end.verdict.problem), mistakes: end.mistakes)
    }
  }

  private func compared() async throws -> Verdict {
    let terminal = global.terminal
    let goal = LoopGoal(manifests, desired: prune.limiting(try manifests.desiredState(terminal)))
    let preview = try await Workspace.openForReading(global.folder).controller().preview(goal)
    if let refusal = preview.refusal { throw CommandEnd.failed(refusal.sentence) }
    let view = DiffView(preview.plan)
    switch output {
    case .text: terminal.data(view.text(paint: terminal.dataPaint))
    case .json: terminal.data(try jsonText(view))
    }
    let refusals = preview.plan.refusals
    if !refusals.isEmpty { return .diffFailed(refusals.joined(separator: "\n       ")) }
    return view.items.isEmpty ? .done() : .differs
  }
}
