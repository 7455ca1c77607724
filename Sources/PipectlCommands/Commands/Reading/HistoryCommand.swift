import ArgumentParser
import PipelineModel
import StoreAPI

struct HistoryCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "List the runs of pipelines, what became of their slots, and what was done about them.")

  enum Format: String, CaseIterable, ExpressibleByArgument, AnswerFormat {
    case table, wide, json, yaml

    var document: DocumentForm? {
      switch self {
      case .table, .wide: nil
      case .json: .data(.json)
      case .yaml: .data(.yaml)
      }
    }
  }

  @OptionGroup var pipelines: PipelineSelection
  @Option(help: "How many.")
  var limit = 20
  @Flag(help: "Also the operations: what was begun, when, why, and what became of it.")
  var operations = false
  @Flag(help: "The slots, in place of the runs: what became of each, why, and when that was decided.")
  var slots = false
  @Option(name: .shortAndLong, help: "table, wide, json or yaml; json and yaml hold operations and slots too.")
  var output: Format = .table
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    try pipelines.require()
    if limit < 1 { throw ValidationError("--limit is at least 1") }
  }

  func verdict() async throws -> Verdict {
    let workspace = try Workspace.openForReading(global.folder, tracer: global.callTracer)
    var views: [HistoryView] = []
    for record in try pipelines.anyRecords(in: workspace) { views.append(try await history(of: record, workspace)) }
    let format: DocumentFormat
    switch output {
    case .table, .wide: format = .text
    case .json: format = .json
    case .yaml: format = .yaml
    }
    try global.terminal.show(each: views, as: format) { view, paint in
      view.text(showsOperations: operations, showsSlots: slots, wide: output == .wide, paint: paint)
    }
    return .done()
  }

  private func history(of record: PipelineRecord, _ workspace: Workspace) async throws -> HistoryView {
    let name = record.name
    let survey = try await Survey(workspace, of: name)
    let intents = try workspace.store.intents(of: name, limit: limit)
    return HistoryView(
      pipeline: name.text, runs: try survey.views(of: try survey.runs(of: name, limit: limit)),
      operations: intents.map(HistoryView.OperationView.init),
      slots: try workspace.store.slots(of: name, limit: limit).map { SlotOutcomeView($0, of: record, survey.clock) })
  }
}
