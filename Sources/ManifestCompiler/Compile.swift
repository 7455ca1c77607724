import Diagnostics
public import ManifestSyntax
import PipelineModel

/// Compiles the documents of a workspace together.
///
/// The result depends on neither the order of the documents nor the layout of their text. A broken document stops only the pipelines that
/// need it.
public func compile(_ documents: [SyntaxDocument], options: CompileOptions) -> Compilation {
  var workspace = Workspace(documents, options: options)
  workspace.refuseDuplicateNames()
  let compiled = workspace.manifests(of: .pipeline).compactMap { manifest in
    var compiler = PipelineCompiler(manifest, in: workspace)
    let pipeline = compiler.compile()
    workspace.report.add(compiler.report)
    return pipeline
  }
  return Compilation(
    pipelines: compiled.map(\.pipeline).sorted { $0.name < $1.name },
    diagnostics: workspace.report.unrepeated,
    origins: Dictionary(compiled.map { ($0.pipeline.name, $0.origins) }) { first, _ in first })
}
