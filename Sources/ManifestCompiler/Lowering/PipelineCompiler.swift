import Diagnostics
import PipelineModel

/// Compiles one pipeline: finds what it refers to, holds it against the rules, and lowers it.
struct PipelineCompiler {
  let manifest: Manifest
  var report = Report()

  init(_ manifest: Manifest) {
    self.manifest = manifest
  }

  /// Nil where it, or something that it needs, has a mistake.
  mutating func compile(in workspace: Workspace) -> (pipeline: DesiredPipeline, origins: Origins?)? {
    guard let spec = manifest.spec else { return nil }
    let engine = engine(of: spec, in: workspace)
    let source = connection(PipelineFields.source, .source, of: spec, in: workspace)
    let destination = connection(PipelineFields.destination, .destination, of: spec, in: workspace)
    check(
      PipelineRules(
        spec: spec, engine: engine?.spec, capabilities: engine?.capabilities, source: source, destination: destination,
        settingCheck: workspace.options.settingCheck))
    guard let engine, let name = manifest.name, manifest.isSound, !report.hasErrors,
      isUsable(source?.manifest, in: workspace), isUsable(destination?.manifest, in: workspace),
      isUsable(engine.manifest, in: workspace)
    else { return nil }
    let lowering = PipelineLowering(
      spec: spec, engine: engine.spec, capabilities: engine.capabilities, source: source, destination: destination)
    guard let compiled = try? lowering.pipelineSpec() else { return nil }
    let pipeline = DesiredPipeline(
      name: PipelineName(name), labels: labels, isProtected: manifest.metadata?[MetadataFields.isProtected] ?? false,
      spec: compiled, sourceSet: workspace.options.sourceSet(manifest.file))
    guard workspace.options.keepsOrigins else { return (pipeline, nil) }
    return (pipeline, OriginWalk(manifest, source: source, destination: destination, engine: engine.manifest).origins)
  }

  private func isUsable(_ manifest: Manifest?, in workspace: Workspace) -> Bool {
    guard let manifest else { return true }
    return workspace.isUsable(manifest)
  }

  private var labels: [DesiredPipeline.Label] {
    (manifest.metadata?[MetadataFields.labels] ?? []).compactMap { entry in
      entry.value.value.text.map { DesiredPipeline.Label(entry.key, $0) }
    }
  }

  private mutating func check(_ rules: PipelineRules) {
    for broken in rules.broken { report.add(broken) }
  }

  private mutating func connection(
    _ field: Field<CheckedValue>, _ kind: ManifestKind, of spec: CheckedObject, in workspace: Workspace
  ) -> Reference? {
    switch spec[field] {
    case .object(let object)?: return Reference(manifest: nil, object: object)
    case .text(let name)?:
      let found = workspace.find(kind, named: name, from: spec.range(of: field), &report)
      return found.flatMap { found in found.spec.map { Reference(manifest: found, object: $0) } }
    default: return nil
    }
  }

  /// The engine, what it can do, and the manifest that defines it; nil where it was refused.
  private mutating func engine(
    of spec: CheckedObject, in workspace: Workspace
  ) -> (spec: EngineSpec, capabilities: Capabilities, manifest: Manifest?)? {
    guard let name = spec[PipelineFields.engine] else { return nil }
    if name == EngineName.local.text, workspace.manifest(.engine, named: name) == nil {
      return workspace.options.capabilities["local"].map { (.local, $0, nil) }
    }
    guard let found = workspace.find(.engine, named: name, from: spec.range(of: PipelineFields.engine), &report),
      let engine = found.spec, let type = engine[EngineFields.type],
      let capabilities = workspace.options.capabilities[type],
      let runs = engine[EngineFields.maxConcurrentRuns]
    else { return nil }
    return (EngineSpec(name: EngineName(name), type: type, maxConcurrentRuns: runs), capabilities, found)
  }
}
