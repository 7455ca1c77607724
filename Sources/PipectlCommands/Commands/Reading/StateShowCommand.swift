import StoreAPI
import ArgumentParser
import PipelineModel

struct StateShowCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Print the states that the next runs go on from, stream by stream.",
    discussion: "`-o raw` prints the document of one as the target printed it, fit for `pipectl state set PIPELINE -`.")

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

  @OptionGroup var pipelines: PipelineSelection
  @Option(help: "An older version, as `pipectl state history` names it.")
  var version: String?
  @Option(name: .shortAndLong, help: "text, json, yaml or raw.")
  var output: Format = .text
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    try pipelines.require()
    if pipelines.names.count != 1, version != nil || output == .raw {
      throw ValidationError("--version and -o raw are about one pipeline: name it")
    }
  }

  func verdict() async throws -> Verdict {
    let workspace = try Workspace.openForReading(global.folder, tracer: global.callTracer)
    let found = try pipelines.anyRecords(in: workspace).map { record in
      CurrentState(pipeline: record.name, version: try workspace.stateVersion(version, of: record.name))
    }
    let terminal = global.terminal
    switch output {
    case .json: try terminal.show(each: found, as: .json) { _, _ in "" }
    case .yaml: try terminal.show(each: found, as: .yaml) { _, _ in "" }
    case .text: terminal.data(found.compactMap { $0.text(paint: terminal.dataPaint) }.joined(separator: "\n"))
    case .raw: terminal.data(found.first?.version?.text ?? "")
    }
    let missing = found.filter { $0.version == nil }.map(\.absence)
    return .done(missing.isEmpty ? nil : missing.joined(separator: "\n"))
  }
}

/// The state of a pipeline, or that it has none yet; programs get a document where people get a sentence.
private struct CurrentState: Encodable {
  let pipeline: PipelineName
  let version: StateVersion?

  func encode(to encoder: any Encoder) throws {
    if let version { return try StateVersionView(version).encode(to: encoder) }
    try NoStateView(pipeline: pipeline.text).encode(to: encoder)
  }

  func text(paint: Paint) -> String? { version.map { StateVersionView($0).text(paint: paint) } }

  var absence: String { noState(of: pipeline) }
}

private func noState(of pipeline: PipelineName) -> String {
  "\(pipeline) has no state yet: its next run reads everything."
}

struct StateHistoryCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "List the versions of a pipeline's state, newest first.")

  @OptionGroup var pipelines: PipelineSelection
  @Option(help: "How many.")
  var limit = 20
  @Option(name: .shortAndLong, help: "text, json or yaml.")
  var output: DocumentFormat = .text
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    try pipelines.require()
    if limit < 1 { throw ValidationError("--limit is at least 1") }
  }

  func verdict() async throws -> Verdict {
    let workspace = try Workspace.openForReading(global.folder, tracer: global.callTracer)
    let names = try pipelines.anyRecords(in: workspace).map(\.name)
    let versions = try names.flatMap { try workspace.store.states(of: $0, limit: limit) }
    let without = output == .text ? names.filter { name in !versions.contains { $0.pipeline == name } } : []
    let note = without.map(noState).joined(separator: "\n")
    if without.count < names.count {
      let views = versions.map(StateVersionView.init)
      try global.terminal.show(ObjectList(items: views), as: output) {
        StateVersionView.lines(views, namesPipelines: names.count > 1, paint: $0).joined(separator: "\n")
      }
    }
    return .done(note.isEmpty ? nil : note)
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
