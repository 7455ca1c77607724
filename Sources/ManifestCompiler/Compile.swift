import Diagnostics
public import ManifestSyntax
import PipelineModel

/// Compiles the documents of a workspace together.
///
/// The result depends on neither the order of the documents nor the layout of their text. A broken document stops only the pipelines that
/// need it.
public func compile(_ documents: consuming [SyntaxDocument], options: CompileOptions) -> Compilation {
  var workspace = Workspace(documents, options: options)
  return workspace.compilation(of: workspace.compilePipelines())
}

/// Compiles manifests that are still bytes: what reading all parts and compiling their documents gives, in less time and memory.
///
/// Parts in which nothing but pipelines seems to stand are read one by one when the rest is known, so that most trees live only as long
/// as they are looked at. Nil where the text of a part is not sound, or where it was mistaken for pipelines: then everything has to be
/// read before anything is compiled.
public func compile(_ parts: [ManifestPart], options: CompileOptions) -> Compilation? {
  let portions = options.spreading.map(inPortions(parts)) { ManifestPortion($0) }
  let read = options.spreading.map(portions) { $0.documents() }
  guard let documents = read.whole() else { return nil }
  var workspace = Workspace(documents.flatMap { $0 }, options: options)
  let known = workspace.compilePipelines()
  let shared = workspace
  guard let outcomes = options.spreading.map(portions, { $0.outcomes(in: shared) }).whole() else { return nil }
  return workspace.compilation(of: known + outcomes)
}

/// Some parts at a time, of about the same size each.
private func inPortions(_ parts: [ManifestPart]) -> [ArraySlice<ManifestPart>] {
  let size = 64 << 10
  var portions: [ArraySlice<ManifestPart>] = []
  var (start, count) = (0, 0)
  for (place, part) in parts.enumerated() {
    count += part.count
    guard count >= size || place == parts.count - 1 else { continue }
    portions.append(parts[start...place])
    (start, count) = (place + 1, 0)
  }
  return portions
}
