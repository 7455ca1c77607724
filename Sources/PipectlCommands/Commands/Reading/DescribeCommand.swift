import ArgumentParser
import PipelineModel
import StoreAPI

struct DescribeCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "describe", abstract: "Tell everything about pipelines or a run.",
    usage: "pipectl describe [pipeline] PIPELINE ... | pipectl describe -l SELECTOR | pipectl describe [run] RUN")

  @Argument(help: "Pipelines, or `run` and a run's id.", completion: .pipelines, transform: plainName)
  var words: [String] = []
  @Option(
    name: [.customShort("l"), .long],
    help: "In place of names: all with these labels, as in `team=growth,tier!=gold,env in (a,b),!legacy`.")
  var selector: Selector?
  @Option(name: .shortAndLong, help: "text, json or yaml.")
  var output: DocumentFormat = .text
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    switch (words.count, words.first) {
    case (0, _), (1, "pipeline"), (1, "pipelines"):
      if selector == nil { throw ValidationError("give a pipeline, or `run` and a run's id, or --selector") }
    case _ where selector != nil: throw ValidationError("give names or --selector, not both")
    case (2..., "run") where words.count > 2: throw ValidationError("one run at a time")
    case _: break
    }
  }

  func verdict() async throws -> Verdict {
    let workspace = try Workspace.openForReading(global.folder, tracer: global.callTracer)
    let name = words.last ?? ""
    let isKind = ["pipeline", "pipelines"].contains(words.first) && (words.count > 1 || selector != nil)
    // A pipeline's name holds no dot, and a run's id does.
    if words.first == "run" && words.count == 2 || words.count == 1 && name.contains(".") {
      return try await describe(try workspace.runID(name), workspace)
    }
    var chosen = PipelineSelection()
    chosen.names = Array(words.dropFirst(isKind ? 1 : 0))
    chosen.selector = selector
    return try await describe(try chosen.anyRecords(in: workspace), workspace)
  }

  private func describe(_ records: [PipelineRecord], _ workspace: Workspace) async throws -> Verdict {
    var views: [PipelineView] = []
    for record in records { views.append(try await view(of: record, workspace)) }
    let now = workspace.clock.now()
    try global.terminal.show(each: views, as: output) { $0.text(now: now, paint: $1) }
    return .done()
  }

  private func view(of record: PipelineRecord, _ workspace: Workspace) async throws -> PipelineView {
    let survey = try await Survey(workspace, of: record.name)
    let facts = try survey.facts(of: survey.record(record.name) ?? record, requestLimit: 20, slotLimit: 1)
    var view = PipelineView(facts)
    view.status.requests = facts.requests.map(RequestView.init)
    view.status.recentRuns = try survey.views(of: try survey.runs(of: record.name, limit: 5))
    return view
  }

  private func describe(_ id: RunID, _ workspace: Workspace) async throws -> Verdict {
    let survey = try await Survey(workspace, of: id.pipeline)
    guard let run = try survey.run(id), var view = try survey.views(of: [run]).first else { throw noSuchRun(id) }
    let versions = try workspace.store.states(of: id.pipeline, limit: .max)
    view.status.stateBefore = versions.before(run).map(StateVersionView.init)
    view.status.stateAfter = versions.after(run).map(StateVersionView.init)
    try global.terminal.show(view, as: output) { view.text(paint: $0) }
    return .done()
  }
}

extension [StateVersion] {
  /// What a run began with; the versions are newest first. A historical or snapshot run begins with none.
  func before(_ run: RunRecord) -> StateVersion? {
    switch run.order.mode {
    case .historical, .snapshot: return nil
    case .incremental, .continuous: break
    }
    if let last = lastIndex(where: { $0.origin.run == run.id }) {
      return self[index(after: last)...].first
    }
    let start = run.report.startedAt ?? run.orderedAt
    return first { $0.at <= start }
  }

  /// What it left; also what its target confirmed and nobody has recorded yet.
  func after(_ run: RunRecord) -> StateVersion? {
    if let version = first(where: { $0.origin.run == run.id }) { return version }
    return run.report.confirmedStates.last.map { state in
      StateVersion(
        pipeline: run.id.pipeline, origin: .run(run.id, sequence: state.sequence), at: state.at, text: state.text)
    }
  }
}

extension StateVersion.Origin {
  /// The run that confirmed it.
  var run: RunID? {
    if case .run(let run, _) = self { run } else { nil }
  }
}
