import ArgumentParser
import PipelineModel

struct GetCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "get", abstract: "List pipelines or runs, and how they stand.",
    usage: "pipectl get [pipelines | runs] [NAME ...] [-o FORMAT] [-l SELECTOR]",
    discussion:
      "`get runs NAME` takes a pipeline or a run. What the engines say just now is taken in; nothing is changed.")

  enum Kind: String {
    case pipelines, runs

    init?(word: String) {
      switch word {
      case "pipelines", "pipeline": self = .pipelines
      case "runs", "run": self = .runs
      case _: return nil
      }
    }
  }

  @Argument(
    help: "`pipelines` (the default) or `runs`, and names.", completion: .pipelines, transform: plainName)
  var words: [String] = []
  @Option(name: .shortAndLong, help: "table, wide, json, yaml or name.")
  var output: ObjectFormat = .table
  @Option(
    name: [.customShort("l"), .long],
    help: "Only pipelines with these labels, as in `team=growth,tier!=gold,env in (a,b),!legacy`.")
  var selector: Selector?
  @Flag(help: "Also pipelines that were let go and run no more.")
  var all = false
  @Option(help: "How many runs of each pipeline.")
  var limit = 20
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if selector != nil, !names.isEmpty { throw ValidationError("give names or --selector, not both") }
    if kind == .runs, names.count > 1 { throw ValidationError("one name at a time: `pipectl get runs \(names[0])`") }
    if limit < 1 { throw ValidationError("--limit is at least 1") }
  }

  func verdict() async throws -> Verdict {
    let workspace = try Workspace.openForReading(global.folder, tracer: global.callTracer)
    switch kind {
    case .pipelines: return try await pipelines(workspace)
    case .runs: return try await runs(names.first, workspace)
    }
  }

  private var kind: Kind { words.first.flatMap(Kind.init(word:)) ?? .pipelines }

  private var names: [String] { Array(words.dropFirst(Kind(word: words.first ?? "") == nil ? 0 : 1)) }

  private func pipelines(_ workspace: Workspace) async throws -> Verdict {
    let named = try Set(names.map { try workspace.anyPipeline($0).name })
    let one = named.count == 1 ? named.first : nil
    let survey = try await Survey(workspace, of: one)
    let records = survey.records.filter { named.isEmpty ? all || survey.isAlive($0) : named.contains($0.name) }
    var views: [PipelineView] = []
    for record in records where selector?.matches(record.applied.labels) ?? true {
      let facts = try survey.facts(of: record, slotLimit: output == .table || output == .name ? 0 : 1)
      views.append(PipelineView(facts, showsWork: output == .json || output == .yaml))
    }
    if views.isEmpty, output == .table || output == .wide {
      return .done(records.isEmpty ? emptyFolder : "No pipelines match `\(selector?.description ?? "")`.")
    }
    let terminal = global.terminal
    if one != nil, let view = views.first, case .data(let form) = output.document {
      try terminal.document(view, as: form)
    } else {
      try terminal.show(views, as: output, names: { "pipeline/\($0.metadata.name)" }) { wide, paint in
        PipelineView.lines(views, wide: wide, now: survey.now, paint: paint)
      }
    }
    return .done()
  }

  private func runs(_ name: String?, _ workspace: Workspace) async throws -> Verdict {
    let id = name.flatMap { RunID($0) }
    let pipeline = try id?.pipeline ?? name.map { try workspace.anyPipeline($0).name }
    let survey = try await Survey(workspace, of: pipeline)
    var records: [RunRecord] = []
    if let id {
      guard let run = try survey.run(id) else { throw noSuchRun(id) }
      records = [run]
    } else {
      for record in survey.records where selector?.matches(record.applied.labels) ?? true {
        records += try survey.runs(of: record.name, limit: limit)
      }
    }
    let views = try survey.views(of: records)
    if views.isEmpty, output == .table || output == .wide { return .done("There are no runs.") }
    if id != nil, let view = views.first, case .data(let form) = output.document {
      try global.terminal.document(view, as: form)
      return .done()
    }
    try global.terminal.show(views, as: output, names: { "run/\($0.metadata.name)" }) { wide, paint in
      RunView.lines(views, wide: wide, paint: paint)
    }
    return .done()
  }

  private var emptyFolder: String {
    "The state folder \(global.folder) holds no pipelines; `pipectl apply -f FILE` records some."
  }
}
