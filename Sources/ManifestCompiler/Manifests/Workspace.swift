import Diagnostics
import ManifestSyntax
import PipelineModel

/// All manifests that are compiled together.
struct Workspace {
  let options: CompileOptions
  private(set) var manifests: [Manifest] = []
  /// The first manifest of a kind with a name.
  private var places: [ManifestKind: [String: Int]] = [:]
  var report = Report()

  init(_ documents: [SyntaxDocument], options: CompileOptions) {
    self.options = options
    let headers = documents.sorted { ($0.file, $0.index) < ($1.file, $1.index) }.compactMap { Header($0, &report) }
    let environments = headers.filter { $0.kind == .environment }.map { environment($0) }
    let others = headers.filter { $0.kind != .environment }
    let chosen = choose(among: environments)
    manifests = environments + others.map { manifest($0, chosen) }
    for (place, manifest) in manifests.enumerated() {
      if let name = manifest.name, places[manifest.kind]?[name] == nil {
        places[manifest.kind, default: [:]][name] = place
      }
    }
    if let chosen, !options.isPartial { warnOfIdlePatches(chosen) }
  }

  func manifests(of kind: ManifestKind) -> [Manifest] {
    manifests.filter { $0.kind == kind }
  }

  func manifest(_ kind: ManifestKind, named name: String) -> Manifest? {
    places[kind]?[name].map { manifests[$0] }
  }

  /// Holds a manifest against its description, as it is written and as the chosen environment changes it.
  private mutating func manifest(_ header: Header, _ environment: ChosenEnvironment?) -> Manifest {
    let root = header.document.root
    let name = root["metadata"]?["name"]?.content.plainText ?? ""
    let patches = environment?.patches(of: header.kind, named: name) ?? []
    var manifest = check(header, root, environment)
    if !patches.isEmpty {
      let wasSound = manifest.isSound
      manifest = check(header, patches.reduce(root) { patched($0, with: $1) }, environment)
      manifest.isSound = manifest.isSound && wasSound
    }
    for broken in brokenSettings(of: manifest) {
      report.add(broken)
      manifest.isSound = false
    }
    return manifest
  }

  /// Settings may be left to the patches of the environments, so only the manifest as it becomes is held against its connector.
  private func brokenSettings(of manifest: Manifest) -> [Diagnostic] {
    guard let spec = manifest.spec else { return [] }
    switch manifest.kind {
    case .pipeline, .engine, .environment: return []
    case .source: return ConnectorEnd.source.brokenSettings(in: spec, by: options.settingCheck)
    case .destination: return ConnectorEnd.destination.brokenSettings(in: spec, by: options.settingCheck)
    }
  }

  private mutating func check(_ header: Header, _ root: SyntaxNode, _ environment: ChosenEnvironment?) -> Manifest {
    var substitution = Substitution(environment)
    let tree = substitution.document(root)
    let provenance = Provenance(
      environment: environment.map { ($0.name, $0.document) }, uses: substitution.uses)
    var checker = Checker(zones: options.knownTimeZones, provenance: provenance)
    checker.unsettled = substitution.unsettled
    let object = checker.object(tree, header.kind.document, of: header.kind.rawValue)
    var found = checker.report
    found.add(substitution.report)
    if let spec = object?[DocumentFields.spec(of: header.kind)] {
      for broken in broken(spec, of: header.kind) { found.add(broken) }
    }
    report.add(found)
    // Without the environment that was asked for, the manifest is not what was meant.
    let isSettled = substitution.unsettled.isEmpty && (environment == nil || environment?.document != nil)
    return Manifest(header, root: tree, object, provenance: provenance, isSound: isSettled && !found.hasErrors)
  }

  /// What is wrong with a manifest that can be told without the others.
  private func broken(_ spec: CheckedObject, of kind: ManifestKind) -> [Diagnostic] {
    switch kind {
    case .pipeline, .environment: []
    case .source: ConnectorEnd.source.broken(in: spec)
    case .destination: ConnectorEnd.destination.broken(in: spec)
    case .engine: EngineRules(spec: spec, capabilities: options.capabilities).broken
    }
  }

  /// Variables are taken as they are; patches are held against the kinds that they change.
  private mutating func environment(_ header: Header) -> Manifest {
    var checker = Checker(zones: options.knownTimeZones, provenance: Provenance())
    let object = checker.object(header.document.root, header.kind.document, of: header.kind.rawValue)
    let manifest = Manifest(
      header, root: header.document.root, object, provenance: Provenance(), isSound: !checker.report.hasErrors)
    report.add(checker.report)
    for patch in patches(of: manifest) { report.add(check(patch)) }
    return manifest
  }

  private func check(_ patch: ChosenEnvironment.Patch) -> Report {
    var checker = Checker(zones: options.knownTimeZones, provenance: Provenance())
    checker.isPatch = true
    checker.unsettled = VariableText.holders(in: patch.spec)
    _ = checker.object(patch.spec, patch.kind.spec, of: "spec")
    return checker.report
  }

  private func patches(of environment: Manifest) -> [ChosenEnvironment.Patch] {
    (environment.spec?[EnvironmentFields.patches] ?? []).compactMap { item in
      guard let object = item.value.object, let target = object[PatchFields.target],
        let kind = target[TargetFields.kind], let name = target[TargetFields.name],
        case .tree(let spec)? = object[PatchFields.spec]
      else { return nil }
      return .init(kind: kind.manifest, glob: Glob(name), place: target.range(of: TargetFields.name), spec: spec)
    }
  }

  private mutating func choose(among environments: [Manifest]) -> ChosenEnvironment? {
    guard let wanted = options.environment else { return nil }
    guard let found = environments.first(where: { $0.name == wanted }) else {
      reportUnknownEnvironment(wanted, among: environments.compactMap(\.name).sorted())
      return ChosenEnvironment(name: wanted, document: nil, variables: [], patches: [])
    }
    let variables = (found.spec?[EnvironmentFields.variables] ?? []).compactMap {
      entry -> ChosenEnvironment.Variable? in
      guard case .tree(let node) = entry.value.value else { return nil }
      return .init(name: entry.key, value: node)
    }
    return ChosenEnvironment(
      name: wanted, document: found.document, variables: variables, patches: patches(of: found))
  }

  private mutating func reportUnknownEnvironment(_ wanted: String, among names: [String]) {
    guard !options.isPartial else { return }
    let help: Help =
      if let near = nearest(wanted, among: names) {
        Help("did you mean `--env \(near)`?")
      } else if names.isEmpty {
        Help("no manifest has `kind: Environment`")
      } else {
        Help("known: \(names.map { "`\($0)`" }.joined(separator: ", "))")
      }
    report.add(Diagnostic(.unknownEnvironment, "there is no environment `\(excerpt(wanted))`", at: nil, help: help))
  }

  private mutating func warnOfIdlePatches(_ environment: ChosenEnvironment) {
    for patch in environment.patches {
      let names = manifests(of: patch.kind).compactMap(\.name)
      guard !names.contains(where: patch.glob.matches) else { continue }
      report.add(
        Diagnostic(
          .idlePatch, .warning, "this patch matches no \(patch.kind.rawValue)", at: patch.place,
          help: nearest(patch.glob.text, among: names).map { Help("did you mean `\($0)`?", replacement: $0) }))
    }
  }

  mutating func refuseDuplicateNames() {
    var first: [String: Manifest] = [:]
    for manifest in manifests {
      guard let name = manifest.name else { continue }
      let key = "\(manifest.kind.rawValue) \(name)"
      guard let other = first[key] else {
        first[key] = manifest
        continue
      }
      duplicates.insert(key)
      report.add(
        Diagnostic(
          .duplicateName, "there are two \(manifest.kind.rawValue) manifests called `\(name)`", at: manifest.nameRange,
          secondary: [LabelledRange(other.nameRange, "the first one")], help: Help("rename one of them")))
    }
  }

  /// `Kind name` of those that stand twice.
  private var duplicates: Set<String> = []

  /// Whether a pipeline that refers to the manifest can be compiled.
  func isUsable(_ manifest: Manifest) -> Bool {
    manifest.isSound && !isDuplicate(manifest)
  }

  func isDuplicate(_ manifest: Manifest) -> Bool {
    duplicates.contains("\(manifest.kind.rawValue) \(manifest.name ?? "")")
  }
}
