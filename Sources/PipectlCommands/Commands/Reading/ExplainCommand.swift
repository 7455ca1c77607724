import ArgumentParser
import Diagnostics
import ManifestCompiler
import ManifestSources

struct ExplainCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Explain a field of a manifest: `pipectl explain pipeline.spec.schedule`.",
    discussion: "A path without a kind is looked for below `pipeline` and `pipeline.spec`.")

  @Argument(help: "A kind, or the path of a field.", completion: .custom { _, _, _ in fieldPaths() })
  var path: String?
  @Option(name: .shortAndLong, help: "text, json or yaml.")
  var output: DocumentFormat = .text
  @Flag(help: .hidden)
  var reference = false
  @Flag(help: .hidden)
  var diagnostics = false
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    let asked = [path != nil, reference, diagnostics].filter { $0 }.count
    if asked != 1 { throw ValidationError("name a field, such as `pipeline.spec.schedule`") }
  }

  func verdict() async throws -> Verdict {
    let terminal = global.terminal
    guard let path else {
      terminal.data(reference ? referencePage() : diagnosticsPage(more: [sourceDiagnostics, liveDiagnostics]))
      return .done()
    }
    let candidates = [path, "pipeline.\(path)", "pipeline.spec.\(path)"]
    guard let explanation = candidates.lazy.compactMap({ explain(path: $0) }).first else {
      throw CommandEnd.failed(unknown(path))
    }
    let view = ExplanationView(explanation)
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
