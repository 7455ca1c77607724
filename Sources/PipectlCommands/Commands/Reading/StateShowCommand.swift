import StoreAPI
import ArgumentParser
import PipelineModel

struct StateShowCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Print the state that the next run goes on from, stream by stream.",
    discussion: "`-o raw` prints the document as the target printed it, fit for `pipectl state set PIPELINE -`.")

  enum Format: String, CaseIterable, ExpressibleByArgument, AnswerFormat {
    case text, json, yaml, raw

    var document: DocumentForm? {
      switch self {
      case .text, .raw: nil
      case .json: .data(.json)
      case .yaml: .data(.yaml)
      }
    }
  }

  @Argument(help: "The pipeline.", completion: .pipelines, transform: plainName)
  var pipeline: String
  @Option(help: "An older version, as `pipectl state history` names it.")
  var version: String?
  @Option(name: .shortAndLong, help: "text, json, yaml or raw.")
  var output: Format = .text
  @OptionGroup var global: GlobalOptions

  func verdict() async throws -> Verdict {
    let workspace = try Workspace.openForReading(global.folder, tracer: global.callTracer)
    let name = try workspace.anyPipeline(pipeline).name
    let terminal = global.terminal
    guard let found = try workspace.stateVersion(version, of: name) else {
      try show(NoStateView(pipeline: name.text), on: terminal)
      return .done("\(name) has no state yet: its next run reads everything.")
    }
    let view = StateVersionView(found)
    switch output {
    case .text: terminal.data(view.text(paint: terminal.dataPaint))
    case .json: terminal.data(try jsonText(view))
    case .yaml: terminal.data(try yamlText(view))
    case .raw: terminal.data(found.text ?? "")
    }
    return .done()
  }

  /// Programs get a document where people get a sentence.
  private func show(_ view: NoStateView, on terminal: Terminal) throws {
    switch output {
    case .json: terminal.data(try jsonText(view))
    case .yaml: terminal.data(try yamlText(view))
    case .text, .raw: break
    }
  }
}

struct StateHistoryCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "List the versions of a pipeline's state, newest first.")

  @Argument(help: "The pipeline.", completion: .pipelines, transform: plainName)
  var pipeline: String
  @Option(help: "How many.")
  var limit = 20
  @Option(name: .shortAndLong, help: "text, json or yaml.")
  var output: DocumentFormat = .text
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if limit < 1 { throw ValidationError("--limit is at least 1") }
  }

  func verdict() async throws -> Verdict {
    let workspace = try Workspace.openForReading(global.folder, tracer: global.callTracer)
    let name = try workspace.anyPipeline(pipeline).name
    let views = try workspace.store.states(of: name, limit: limit).map(StateVersionView.init)
    if views.isEmpty, output == .text { return .done("\(name) has no state yet: its next run reads everything.") }
    try global.terminal.show(ObjectList(items: views), as: output) {
      StateVersionView.lines(views, paint: $0).joined(separator: "\n")
    }
    return .done()
  }
}

extension Workspace {
  /// - Parameter words: how a user names the version; absent for the latest.
  func stateVersion(_ words: String?, of pipeline: PipelineName) throws -> StateVersion? {
    guard let words else { return try store.latestState(of: pipeline) }
    guard let version = try store.states(of: pipeline, limit: .max).first(where: { $0.origin.isNamed(words) }) else {
      throw CommandEnd.failed(
        "\(pipeline) has no state `\(words)`; `pipectl state history \(pipeline)` lists those that there are")
    }
    return version
  }
}
