import ArgumentParser
import ControlLoop
import Diagnostics
import PipelineModel
import SQLiteStore
import StoreAPI

struct PlanCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Show what apply would do, and why.",
    usage:
      "pipectl plan -f FILE ... [--env ENV] [--prune] [--adopt] [--out PLAN] [-v] [-o FORMAT] [--format FORMAT] [--detailed-exitcode]"
  )

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text, json, yaml, markdown
  }

  @OptionGroup var manifests: ManifestOptions
  @OptionGroup var prune: PruneOptions
  @Option(help: "Also save the plan to a file, for `pipectl apply FILE`.", completion: .file())
  var out: String?
  @Flag(name: .shortAndLong, help: "Also show what is left alone and why, and what each operation depends on.")
  var verbose = false
  @Option(name: .shortAndLong, help: "text, json, yaml, or markdown: a comment for a pull request.")
  var output: Format = .text
  @OptionGroup var mistakes: MistakeOptions
  @Flag(help: "Exit with 2 where changes are pending.")
  var detailedExitcode = false
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    try manifests.demandFiles()
    if mistakes.format != .markdown || output != .markdown { try mistakes.refuse(beside: output) }
  }

  /// `--format markdown` asks for the comment as `-o markdown` does: plan and mistakes are one.
  var document: DocumentForm? {
    switch (mistakes.format, output) {
    case (.markdown, _), (_, .markdown): .markdown(CommentMarker(environment: manifests.environment))
    case (_, .json): .data(.json)
    case (_, .yaml): .data(.yaml)
    case (_, .text): nil
    }
  }

  func verdict() async throws -> Verdict {
    let terminal = document == nil ? mistakes.terminal(global) : global.terminal
    let format = mistakes.format == .markdown ? .human : mistakes.format
    // A saved plan is good for one state folder, so that has to exist; otherwise what is recorded is read while the manifests are compiled.
    let early =
      out == nil
      ? Result { () throws(StoreError) in try Workspace.openForReading(global.folder, tracer: global.callTracer) } : nil
    (try? early?.get())?.sqlite?.readAhead()
    let (desired, found) = try manifests.compiled(terminal, mistakes: format, beside: document, isShown: false)
    let goal = LoopGoal(manifests, desired: prune.limiting(desired))
    let workspace = try early?.get() ?? Workspace.open(global.folder, tracer: global.callTracer)
    let preview = try await workspace.controller().preview(goal)
    keepToTheEnd((goal, preview))
    let mistakes = found.adding(preview.plan.mistakes(in: found, manifests.settings))
    try terminal.show(mistakes, as: format, beside: document)
    if let refusal = preview.refusal { throw CommandEnd(refusal) }
    let view = PlanView(
      preview.plan, slots: SlotClock(preview, desired: goal.desired, now: workspace.clock.now()),
      of: desired.pipelines + preview.stored.pipelines.map(\.applied),
      isServed: controllerPresence(of: workspace.folder) != nil, unread: preview.unreadEngines,
      isWhole: verbose || isData)
    keepToTheEnd(view)
    switch document {
    case nil: terminal.data(view.text(verbose: verbose, paint: terminal.dataPaint))
    case .data(let form): try terminal.document(view, as: form)
    case .markdown(let marker): terminal.document(view.markdown(marker, mistakes: mistakes))
    }
    if let out { try PlanFile(goal, plan: preview.plan, folder: workspace.folderID).write(to: out) }
    let refusals = view.refusals
    guard refusals.isEmpty else { return .failed(refusals.joined(separator: "\n       ")) }
    if mistakes.report.errors > 0 {
      return .failed("the manifests ask for what engines never do; `pipectl apply` does the rest of this plan")
    }
    return preview.plan.operations.isEmpty ? .done(saved) : .changesPending(saved, detailed: detailedExitcode)
  }

  private var isData: Bool {
    if case .data = document { true } else { false }
  }

  private var saved: String? {
    out.map { "Saved: `pipectl apply \($0)` does exactly this, or nothing." }
  }
}

extension PlanCommand.Format: AnswerFormat {
  var document: DocumentForm? {
    switch self {
    case .text: nil
    case .json: .data(.json)
    case .yaml: .data(.yaml)
    case .markdown: .markdown(CommentMarker(environment: nil))
    }
  }
}

extension CommandEnd {
  /// What was asked for was refused before anything was planned or done.
  init(_ refusal: LoopOutcome) {
    self.init(LoopResult(outcome: refusal).verdict(done: nil), outcome: refusal.word)
  }
}
