import ArgumentParser
import PipelineModel
import StoreAPI

/// The pipelines that a command is about: by their names, or by their labels.
struct PipelineSelection: ParsableArguments {
  @Argument(
    help: ArgumentHelp("The pipelines.", valueName: "pipeline"), completion: .pipelines, transform: plainName)
  var names: [String] = []
  @Option(
    name: [.customShort("l"), .long],
    help: "In place of names: all with these labels, as in `team=growth,tier!=gold,env in (a,b),!legacy`.")
  var selector: Selector?

  func validate() throws {
    if selector != nil, !names.isEmpty { throw ValidationError("give names or --selector, not both") }
  }

  /// For commands that are always about some pipeline.
  func require() throws {
    if selector == nil, names.isEmpty {
      throw ValidationError("name a pipeline, or choose some by their labels with --selector")
    }
  }

  /// Managed ones, in the order of their names, each once; some at least.
  func records(in workspace: Workspace) throws -> [PipelineRecord] {
    guard let selector else { return try sorted(names.map { try workspace.pipeline($0) }) }
    return try matching(selector, in: workspace)
  }

  /// By its name also one that was let go, while the run goes on that it left behind.
  func runningRecords(in workspace: Workspace) throws -> [PipelineRecord] {
    guard selector == nil else { return try records(in: workspace) }
    return try sorted(
      names.map { name in
        let isLeft = try workspace.activeRun(of: PipelineName(name)) != nil
        return try isLeft ? workspace.anyPipeline(name) : workspace.pipeline(name)
      })
  }

  /// By its name also one that was let go.
  func anyRecords(in workspace: Workspace) throws -> [PipelineRecord] {
    guard let selector else { return try sorted(names.map { try workspace.anyPipeline($0) }) }
    return try matching(selector, in: workspace)
  }

  /// Those that manifests describe, in the order of their names, each once; some at least.
  func chosen(among pipelines: [DesiredPipeline]) throws(CommandEnd) -> [DesiredPipeline] {
    for name in names where !pipelines.contains(where: { $0.name.text == name }) {
      throw .failed("the manifests hold no pipeline `\(name)`; there are " + listed(pipelines.map(\.name.text)))
    }
    let chosen = pipelines.filter { pipeline in
      selector?.matches(pipeline.labels) ?? names.contains(pipeline.name.text)
    }
    guard chosen.isEmpty else { return chosen.sorted { $0.name < $1.name } }
    throw .failed("no pipeline of the manifests matches `\(selector?.description ?? "")`")
  }

  private func sorted(_ records: [PipelineRecord]) -> [PipelineRecord] {
    Dictionary(records.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first }).values.sorted {
      $0.name < $1.name
    }
  }

  private func matching(_ selector: Selector, in workspace: Workspace) throws -> [PipelineRecord] {
    let records = try workspace.store.load(StoreQuery()).pipelines.filter {
      !$0.isForgotten && selector.matches($0.applied.labels)
    }
    guard records.isEmpty else { return records }
    throw CommandEnd.failed(
      "no pipeline matches `\(selector)`, and nothing was done; `pipectl get -o wide` lists what there is")
  }
}
