import StoreAPI
import ArgumentParser
import PipelineModel

struct HistoryCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "List the runs of a pipeline, what became of its slots, and what was done about it.")

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

  @Argument(help: "The pipeline.", completion: .pipelines, transform: plainName)
  var pipeline: String
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
    if limit < 1 { throw ValidationError("--limit is at least 1") }
  }

  func verdict() async throws -> Verdict {
    let workspace = try Workspace.openForReading(global.folder)
    let record = try workspace.anyPipeline(pipeline)
    let name = record.name
    let survey = try await Survey(workspace, of: name)
    let intents = try workspace.store.intents(of: name, limit: limit)
    let view = HistoryView(
      pipeline: name.text, runs: try survey.views(of: try survey.runs(of: name, limit: limit)),
      operations: intents.map(HistoryView.OperationView.init),
      slots: try workspace.store.slots(of: name, limit: limit).map { SlotOutcomeView($0, of: record, survey.clock) })
    let terminal = global.terminal
    switch output {
    case .table, .wide:
      terminal.data(
        view.text(showsOperations: operations, showsSlots: slots, wide: output == .wide, paint: terminal.dataPaint))
    case .json: terminal.data(try jsonText(view))
    case .yaml: terminal.data(try yamlText(view))
    }
    return .done()
  }
}
