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
      let engine = found.spec, let spec = EngineSpec(declaredBy: found, in: workspace),
      let capabilities = workspace.options.capabilities[spec.type]?.narrowed(by: engine)
    else { return nil }
    return (spec, capabilities, found)
  }
}

extension Workspace {
  /// Those without a mistake, sorted by name.
  var engines: [EngineSpec] {
    manifests(of: .engine).filter { isUsable($0) }.compactMap { EngineSpec(declaredBy: $0, in: self) }
      .sorted { $0.name < $1.name }
  }
}

extension EngineSpec {
  /// Nil where the manifest was refused.
  fileprivate init?(declaredBy manifest: Manifest, in workspace: Workspace) {
    guard let name = manifest.name, let spec = manifest.spec, let type = spec[EngineFields.type],
      let capabilities = workspace.options.capabilities[type], let runs = spec[EngineFields.maxConcurrentRuns]
    else { return nil }
    self.init(
      name: EngineName(name), type: type, maxConcurrentRuns: capabilities.concurrency == .perEngine ? 1 : runs,
      connection: EngineConnection(declaredBy: spec))
  }
}

extension EngineConnection {
  /// Nil where the manifest says nothing of an address.
  fileprivate init?(declaredBy engine: CheckedObject) {
    guard let baseURL = engine[EngineFields.baseURL] else { return nil }
    let credentials = (engine[EngineFields.credentials] ?? []).compactMap { entry in
      entry.value.value.object.flatMap(SecretReference.init(declaredBy:)).map { NamedSecret(entry.key, $0) }
    }
    self.init(baseURL: baseURL, credentials: credentials.sorted { $0.name < $1.name })
  }
}

extension Capabilities {
  /// What this instance can do of what its type can.
  fileprivate func narrowed(by engine: CheckedObject) -> Capabilities {
    guard engine[EngineFields.continuous] != true else { return self }
    var narrowed = self
    narrowed.modes.subtract(modesOnRequest)
    return narrowed
  }
}

extension SecretReference {
  init?(declaredBy object: CheckedObject) {
    if let name = object[SecretFields.fromEnv] {
      self = .environment(name)
    } else if let path = object[SecretFields.fromFile] {
      self = .file(path)
    } else {
      return nil
    }
  }
}
