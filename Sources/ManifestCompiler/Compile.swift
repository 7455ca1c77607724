import Diagnostics
public import ManifestSyntax
import PipelineModel

/// Compiles the documents of a workspace together.
///
/// The result depends on neither the order of the documents nor the layout of their text. A broken document stops only the pipelines that
/// need it.
public func compile(_ documents: consuming [SyntaxDocument], options: CompileOptions) -> Compilation {
  var workspace = Workspace(documents, options: options)
  let parts = workspace.takePipelines()
  let shared = workspace
  let compiled = options.spreading.map(parts) { part in part.map { PipelineOutcome(of: $0, in: shared) } }
    .flatMap { $0 }.sorted { ($0.name ?? "") < ($1.name ?? "") }
  workspace.note(compiled)
  let sound = compiled.filter { !workspace.isDuplicate(.pipeline, named: $0.name) }
  return Compilation(
    pipelines: sound.compactMap(\.pipeline), engines: workspace.engines,
    diagnostics: workspace.report.unrepeated,
    origins: Dictionary(
      sound.compactMap { outcome in outcome.origins.flatMap { origins in outcome.pipeline.map { ($0.name, origins) } } }
    ) { first, _ in first })
}
