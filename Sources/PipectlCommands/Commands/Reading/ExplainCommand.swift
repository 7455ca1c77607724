import ArgumentParser
import Diagnostics
import ManifestCompiler
import ManifestSources
import PipelineModel

struct ExplainCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Explain a field of a manifest: `pipectl explain pipeline.spec.schedule`.",
    discussion: """
      A path without a kind is looked for below `pipeline` and `pipeline.spec`. `pipectl explain engine stitch` tells what engines of a \
      type can do, and what can be promised there.
      """)

  @Argument(help: "A kind, or the path of a field.", completion: .custom { _, _, _ in fieldPaths() })
  var path: String?
  @Argument(
    help: "After `engine`: a type of engine.", completion: .list(engineTypes.map(\.engineType)))
  var engineType: String?
  @Option(name: .shortAndLong, help: "text, json or yaml.")
  var output: DocumentFormat = .text
  @Flag(help: .hidden)
  var reference = false
  @Flag(help: .hidden)
  var diagnostics = false
  @Flag(help: .hidden)
  var engines = false
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    let asked = [path != nil, reference, diagnostics, engines].filter { $0 }.count
    if asked != 1 { throw ValidationError("name a field, such as `pipeline.spec.schedule`") }
    if engineType != nil, path != "engine" {
      throw ValidationError("only `engine` is followed by a second word: `pipectl explain engine stitch`")
    }
  }

  func verdict() async throws -> Verdict {
    let terminal = global.terminal
    guard let path else {
      terminal.data(page)
      return .done()
    }
    if let engineType { return try answer(on: engineType, terminal) }
    let candidates = [path, "pipeline.\(path)", "pipeline.spec.\(path)"]
    guard let explanation = candidates.lazy.compactMap({ explain(path: $0) }).first else {
      throw CommandEnd.failed(unknown(path))
    }
    let view = ExplanationView(explanation)
    try terminal.show(view, as: output) { view.text(paint: $0) }
    return .done()
  }

  private var page: String {
    if engines { return enginesPage(engineTypes) }
    return reference ? referencePage() : diagnosticsPage(more: [sourceDiagnostics, liveDiagnostics])
  }

  private func answer(on engineType: String, _ terminal: Terminal) throws(CommandEnd) -> Verdict {
    guard let known = capabilitiesByType[engineType] else {
      let types = engineTypes.map(\.engineType)
      let hint =
        nearest(engineType, among: types).map { "did you mean `\($0)`?" }
        ?? "there is " + listed(types.map { "`\($0)`" })
      throw .failed("there is no type of engine `\(engineType.harmless)`: \(hint)")
    }
    let view = EngineTypeView(known)
    try terminal.show(view, as: output) { view.text(paint: $0) }
    return .done()
  }

  private func unknown(_ path: String) -> String {
    let paths = fieldPaths()
    let below = paths.filter { $0.hasSuffix(".\(path.split(separator: ".").last ?? "")") }
    if let near = nearest(path, among: paths) { return "there is no field `\(path)`; did you mean `\(near)`?" }
    if !below.isEmpty { return "there is no field `\(path)`; there is " + listed(below) }
    return
      "there is no field `\(path)`; `pipectl explain pipeline` lists those of a pipeline, and there are the kinds source, destination, engine and environment"
  }
}

/// What engines of each type can do: the embedded one first, then by name.
private var engineTypes: [Capabilities] {
  capabilitiesByType.values.sorted { place($0) < place($1) }
}

private func place(_ capabilities: Capabilities) -> String {
  capabilities.engineType == EngineName.local.text ? "" : capabilities.engineType
}
