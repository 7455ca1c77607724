import ArgumentParser
import ControlLoop
import PipelineModel

struct ApplyCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply", abstract: "Bring about what manifests, or a saved plan, want.",
    discussion: """
      Without a controller the loop runs here, until what it started is over, and the runs that these manifests had started \
      before; a continuous run that goes on already is not waited for. Cancelling a run, rewriting a destination and \
      deleting need consent: on a terminal it is asked for, elsewhere --yes and --allow give it.
      """)

  @Argument(help: "A plan that `pipectl plan --out` saved; then no -f.", completion: .file())
  var plan: String?
  @OptionGroup var manifests: ManifestOptions
  @OptionGroup var prune: PruneOptions
  @Flag(help: "Show the plan, and change nothing.")
  var dryRun = false
  @OptionGroup var consent: ConsentOptions
  @OptionGroup var wait: WaitOptions
  @Option(name: .shortAndLong, help: "text, json or yaml.")
  var output: DocumentFormat = .text
  @OptionGroup var mistakes: MistakeOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    try mistakes.refuse(beside: output)
    guard plan != nil else { return try manifests.demandFiles() }
    if !manifests.files.isEmpty { throw ValidationError("a saved plan holds its manifests: give either FILE or -f") }
    if mistakes.format != .human { throw ValidationError("a saved plan has no mistakes: leave --format away") }
    if manifests.environment != nil || prune.prune || prune.adopt {
      throw ValidationError("a saved plan holds its --env, --prune and --adopt: leave them away")
    }
  }

  func verdict() async throws -> Verdict {
    let terminal = mistakes.terminal(global)
    var (goal, found) = try goal(terminal)
    goal.until = wait.goal
    let workspace =
      try dryRun
      ? Workspace.openForReading(global.folder, tracer: global.callTracer)
      : Workspace.open(global.folder, tracer: global.callTracer)
    try refuseForeignPlan(workspace)
    let desired = goal.desired
    let isServed = controllerPresence(of: workspace.folder) != nil
    let view: @Sendable (Plan, [String]) -> PlanView = { [output] plan, unread in
      PlanView(
        plan, slots: SlotClock(desired.pipelines, now: workspace.clock.now()), of: desired.pipelines,
        isServed: isServed, unread: unread, isWhole: output != .text)
    }
    if dryRun { return try await preview(goal, found, workspace, view, on: terminal) }
    var pursuit = Pursuit(
      workspace: workspace, terminal: terminal, granted: consent.granted, lockTimeout: wait.lockTimeout.span)
    if output == .text {
      pursuit.announce = { terminal.data(view($0, []).text(verbose: false, paint: terminal.dataPaint)) }
    }
    let result = try await pursuit.run(goal)
    try explainRefusals(in: result.firstPlan, of: found, on: terminal)
    return try terminal.report(
      result, as: output, plan: result.firstPlan.map { view($0, []) }, done: result.doneSentence)
  }

  /// The goal, and the manifests that it comes from; a saved plan has none.
  private func goal(_ terminal: Terminal) throws(CommandEnd) -> (LoopGoal, Mistakes?) {
    guard let plan else {
      let (desired, found) = try manifests.compiled(terminal, mistakes: mistakes.format, beside: document)
      return (LoopGoal(manifests, desired: prune.limiting(desired)), found)
    }
    return (try PlanFile.read(plan).goal(until: .settled), nil)
  }

  /// Where manifests ask for what an engine shows that it never does; a report that is one document has been printed already.
  private func explainRefusals(in plan: Plan?, of found: Mistakes?, on terminal: Terminal) throws(CommandEnd) {
    guard let plan, let found, mistakes.format == .human || mistakes.format == .github else { return }
    let refused = plan.mistakes(in: found, manifests.settings)
    guard !refused.isEmpty else { return }
    try terminal.show(found.replaced(by: refused), as: mistakes.format, beside: document)
  }

  private func refuseForeignPlan(_ workspace: Workspace) throws(CommandEnd) {
    guard let plan, let id = workspace.folderID, try PlanFile.read(plan).folder != id else { return }
    throw .failed(
      "\(plan) was made for another state folder than \(workspace.folder), and nothing was done: give that one with --state, or make a new plan"
    )
  }

  private func preview(
    _ goal: LoopGoal, _ found: Mistakes?, _ workspace: Workspace, _ view: (Plan, [String]) -> PlanView,
    on terminal: Terminal
  ) async throws -> Verdict {
    let preview = try await workspace.controller().preview(goal)
    if let refusal = preview.refusal { throw CommandEnd(refusal) }
    try explainRefusals(in: preview.plan, of: found, on: terminal)
    let shown = view(preview.plan, preview.unreadEngines)
    try terminal.show(shown, as: output) { shown.text(verbose: false, paint: $0) }
    if !shown.refusals.isEmpty { return .failed(shown.refusals.joined(separator: "\n       ")) }
    return .done("Dry run: nothing was changed.")
  }
}
