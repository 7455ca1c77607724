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

  /// By its name also one that was let go.
  func anyRecords(in workspace: Workspace) throws -> [PipelineRecord] {
    guard let selector else { return try sorted(names.map { try workspace.anyPipeline($0) }) }
    return try matching(selector, in: workspace)
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
