import ArgumentParser
import PipelineModel
import StoreAPI

struct DescribeCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "describe", abstract: "Tell everything about a pipeline or a run.",
    usage: "pipectl describe [pipeline] PIPELINE | pipectl describe [run] RUN")

  @Argument(help: "A pipeline, or `run` and a run's id.", completion: .pipelines, transform: plainName)
  var words: [String]
  @Option(name: .shortAndLong, help: "text, json or yaml.")
  var output: DocumentFormat = .text
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    switch (words.count, words.first) {
    case (1, _), (2, "run"), (2, "pipeline"): break
    case _: throw ValidationError("give a pipeline, or `run` and a run's id")
    }
  }

  func verdict() async throws -> Verdict {
    let workspace = try Workspace.openForReading(global.folder)
    let name = words.last ?? ""
    // A pipeline's name holds no dot, and a run's id does.
    if words.first == "run" && words.count == 2 || words.count == 1 && name.contains(".") {
      return try await describe(try workspace.runID(name), workspace)
    }
    return try await describe(try workspace.anyPipeline(name), workspace)
  }

  private func describe(_ record: PipelineRecord, _ workspace: Workspace) async throws -> Verdict {
    let survey = try await Survey(workspace, of: record.name)
    let facts = try survey.facts(of: survey.record(record.name) ?? record, requestLimit: 20, slotLimit: 1)
    var view = PipelineView(facts)
    view.status.requests = facts.requests.map(RequestView.init)
    view.status.recentRuns = try survey.views(of: try survey.runs(of: record.name, limit: 5))
    try global.terminal.show(view, as: output) { view.text(now: survey.now, paint: $0) }
    return .done()
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
