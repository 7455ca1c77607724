import ArgumentParser
import ControlLoop
import PipelineModel

struct PlanCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Show what apply would do, and why.")

  @OptionGroup var manifests: ManifestOptions
  @OptionGroup var prune: PruneOptions
  @Option(help: "Also save the plan to a file, for `pipectl apply FILE`.", completion: .file())
  var out: String?
  @Flag(name: .shortAndLong, help: "Also show what is left alone and why, and what each operation depends on.")
  var verbose = false
  @Option(name: .shortAndLong, help: "text or json.")
  var output: OutputFormat = .text
  @Flag(help: "Exit with 2 where changes are pending.")
  var detailedExitcode = false
  @OptionGroup var global: GlobalOptions

  func validate() throws { try manifests.demandFiles() }

  func verdict() async throws -> Verdict {
    let terminal = global.terminal
    let goal = LoopGoal(manifests, desired: try prune.limiting(manifests.desiredState(terminal)))
    // A saved plan is good for one state folder, so that has to exist.
    let workspace = try out == nil ? Workspace.openForReading(global.folder) : Workspace.open(global.folder)
    let preview = try await workspace.controller().preview(goal)
    if let refusal = preview.refusal { return try terminal.report(LoopResult(outcome: refusal), as: output, plan: nil) }
    let view = PlanView(preview.plan, slots: SlotClock(preview, desired: goal.desired, now: workspace.clock.now()))
    switch output {
    case .text: terminal.data(view.text(verbose: verbose, paint: terminal.dataPaint))
    case .json: terminal.data(try jsonText(view))
    }
    if let out { try PlanFile(goal, plan: preview.plan, folder: workspace.folderID).write(to: out) }
    let refusals = preview.plan.refusals
    guard refusals.isEmpty else { return .failed(refusals.joined(separator: "\n       ")) }
    return preview.plan.operations.isEmpty ? .done(saved) : .changesPending(saved, detailed: detailedExitcode)
  }

  private var saved: String? {
    out.map { "Saved: `pipectl apply \($0)` does exactly this, or nothing." }
  }
}
