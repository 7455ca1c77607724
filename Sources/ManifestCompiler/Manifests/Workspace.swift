import Diagnostics
import ManifestSyntax
import PipelineModel

/// All manifests that are compiled together.
struct Workspace: Sendable {
  let options: CompileOptions
  /// Those that pipelines refer to, and the environments.
  private(set) var manifests: [Manifest] = []
  /// Not looked into yet, sorted by file and place, some at a time.
  private var pipelines: [[Header]] = []
  private let chosen: ChosenEnvironment?
  /// The first manifest of a kind with a name.
  private var places: [Title: Int] = [:]
  /// Those of which there are several, and pipelines that describe what another one describes.
  private var duplicates: Set<Title> = []
  var report = Report()

  /// A kind and a name, which only one manifest may have.
  private struct Title: Hashable {
    let kind: ManifestKind
    let name: String
  }

  init(_ documents: consuming [SyntaxDocument], options: CompileOptions) {
    self.options = options
    var report = Report()
    documents.sort { ($0.file, $0.index) < ($1.file, $1.index) }
    let parts = HeaderPart.parts(documents, options.spreading)
    for part in parts { report.add(part.report) }
    pipelines = parts.map(\.pipelines)
    let headers = parts.flatMap(\.others)
    let environments = headers.filter { $0.kind == .environment }.map { Self.environment($0, options, &report) }
    chosen = Self.choose(among: environments, options, &report)
    manifests = environments
    for header in headers where header.kind != .environment { manifests.append(manifest(header, &report)) }
    self.report = report
    for (place, manifest) in manifests.enumerated() {
      guard let name = manifest.name else { continue }
      let title = Title(kind: manifest.kind, name: name)
      if let first = places[title] {
        refuse(title, at: manifest.nameRange, first: manifests[first].nameRange)
      } else {
        places[title] = place
      }
    }
  }

  /// Compiles the pipelines, and keeps none of their trees.
  mutating func compilePipelines() -> [[PipelineOutcome]] {
    let parts = pipelines
    pipelines = []
    let shared = self
    return options.spreading.map(parts) { part in part.map { PipelineOutcome(of: $0, in: shared) } }
  }

  /// What has become of all pipelines together.
  mutating func compilation(of lists: consuming [[PipelineOutcome]]) -> Compilation {
    var outcomes = PipelineOutcomes(lists)
    var pipelines: [DesiredPipeline] = []
    var origins: [PipelineName: Origins] = [:]
    pipelines.reserveCapacity(outcomes.count)
    note(outcomes)
    for position in outcomes.indices {
      if !duplicates.isEmpty, isDuplicate(.pipeline, named: outcomes[position].name) { continue }
      let found = options.keepsOrigins ? outcomes[position].origins : nil
      guard let pipeline = outcomes.takePipeline(at: position) else { continue }
      if let found { origins[pipeline.name] = found }
      pipelines.append(pipeline)
    }
    return Compilation(pipelines: pipelines, engines: engines, diagnostics: report.unrepeated, origins: origins)
  }

  /// Takes in what was found out about the pipelines; those of one name stand together, in the order of the documents.
  private mutating func note(_ outcomes: PipelineOutcomes) {
    var first = 0
    for position in outcomes.indices {
      report.add(outcomes[position].report)
      guard outcomes.repeatsName(at: position), let name = outcomes[position].name else {
        first = position
        continue
      }
      refuse(Title(kind: .pipeline, name: name), at: outcomes[position].nameRange, first: outcomes[first].nameRange)
    }
    for rivals in outcomes.rivals { refuse(rivals) }
    guard let chosen, !options.isPartial else { return }
    warnOfIdlePatches(chosen, pipelines: outcomes.indices.compactMap { outcomes[$0].name })
  }

  func manifests(of kind: ManifestKind) -> [Manifest] {
    manifests.filter { $0.kind == kind }
  }

  func manifest(_ kind: ManifestKind, named name: String) -> Manifest? {
    places[Title(kind: kind, name: name)].map { manifests[$0] }
  }

  /// Holds a manifest against its description, as it is written and as the chosen environment changes it.
  func manifest(_ header: Header, _ report: inout Report) -> Manifest {
    let root = header.document.root
    let patches = patches(of: header)
    var manifest = check(header, root, &report)
    if !patches.isEmpty {
      let wasSound = manifest.isSound
      manifest = check(header, patches.reduce(root) { patched($0, with: $1) }, &report)
      manifest.isSound = manifest.isSound && wasSound
    }
    for broken in brokenSettings(of: manifest) {
      report.add(broken)
      manifest.isSound = false
    }
    return manifest
  }

  /// The changes of the chosen environment to a manifest.
  private func patches(of header: Header) -> [ChosenEnvironment.Patch] {
    guard let chosen else { return [] }
    let name = header.document.root["metadata"]?["name"]?.content.plainText ?? ""
    return chosen.patches(of: header.kind, named: name)
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

  private func check(_ header: Header, _ root: SyntaxNode, _ report: inout Report) -> Manifest {
    var substitution = Substitution(chosen)
    let tree = header.document.mayHoldDollar || chosen != nil ? substitution.document(root) : root
    let provenance = Provenance(
      environment: chosen.map { ($0.name, $0.document) }, uses: substitution.uses)
    var checker = Checker(zones: options.knownTimeZones, provenance: provenance)
    checker.unsettled = substitution.unsettled
    let object = checker.object(tree, header.kind.document, of: header.kind.rawValue)
    var found = checker.report
    found.add(substitution.report)
    if let spec = object?[header.kind.manifest.spec] {
      for broken in broken(spec, of: header.kind) { found.add(broken) }
    }
    report.add(found)
    // Without the environment that was asked for, the manifest is not what was meant.
    let isSettled = substitution.unsettled.isEmpty && (chosen == nil || chosen?.document != nil)
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
  private static func environment(_ header: Header, _ options: CompileOptions, _ report: inout Report) -> Manifest {
    var checker = Checker(zones: options.knownTimeZones, provenance: Provenance())
    let object = checker.object(header.document.root, header.kind.document, of: header.kind.rawValue)
    let manifest = Manifest(
      header, root: header.document.root, object, provenance: Provenance(), isSound: !checker.report.hasErrors)
    report.add(checker.report)
    for patch in patches(of: manifest) { report.add(check(patch, options)) }
    return manifest
  }

  private static func check(_ patch: ChosenEnvironment.Patch, _ options: CompileOptions) -> Report {
    var checker = Checker(zones: options.knownTimeZones, provenance: Provenance())
    checker.isPatch = true
    checker.unsettled = VariableText.holders(in: patch.spec)
    _ = checker.object(patch.spec, patch.kind.spec, of: "spec")
    return checker.report
  }

  private static func patches(of environment: Manifest) -> [ChosenEnvironment.Patch] {
    (environment.spec?[EnvironmentFields.patches] ?? []).compactMap { item in
      guard let object = item.value.object, let target = object[PatchFields.target],
        let kind = target[TargetFields.kind], let name = target[TargetFields.name],
        case .tree(let spec)? = object[PatchFields.spec]
      else { return nil }
      return .init(kind: kind.manifest, glob: Glob(name), place: target.range(of: TargetFields.name), spec: spec)
    }
  }

  private static func choose(
    among environments: [Manifest], _ options: CompileOptions, _ report: inout Report
  ) -> ChosenEnvironment? {
    guard let wanted = options.environment else { return nil }
    guard let found = environments.first(where: { $0.name == wanted }) else {
      if !options.isPartial { report.add(unknownEnvironment(wanted, among: environments.compactMap(\.name).sorted())) }
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

  private static func unknownEnvironment(_ wanted: String, among names: [String]) -> Diagnostic {
    let help: Help =
      if let near = nearest(wanted, among: names) {
        Help("did you mean `--env \(near)`?")
      } else if names.isEmpty {
        Help("no manifest has `kind: Environment`")
      } else {
        Help("known: \(names.map { "`\($0)`" }.joined(separator: ", "))")
      }
    return Diagnostic(.unknownEnvironment, "there is no environment `\(excerpt(wanted))`", at: nil, help: help)
  }

  private mutating func warnOfIdlePatches(_ environment: ChosenEnvironment, pipelines: [String]) {
    for patch in environment.patches {
      let names = patch.kind == .pipeline ? pipelines : manifests(of: patch.kind).compactMap(\.name)
      guard !names.contains(where: patch.glob.matches) else { continue }
      report.add(
        Diagnostic(
          .idlePatch, .warning, "this patch matches no \(patch.kind.rawValue)", at: patch.place,
          help: nearest(patch.glob.text, among: names).map { Help("did you mean `\($0)`?", replacement: $0) }))
    }
  }

  private mutating func refuse(_ title: Title, at place: SourceRange, first: SourceRange) {
    duplicates.insert(title)
    report.add(
      Diagnostic(
        .duplicateName, "there are two \(title.kind.rawValue) manifests called `\(title.name)`", at: place,
        secondary: [LabelledRange(first, "the first one")], help: Help("rename one of them")))
  }

  private mutating func refuse(_ rivals: Rivals) {
    for name in rivals.names { duplicates.insert(Title(kind: .pipeline, name: name)) }
    for broken in rivals.broken { report.add(broken) }
  }

  /// Whether a pipeline that refers to the manifest can be compiled.
  func isUsable(_ manifest: Manifest) -> Bool {
    manifest.isSound && !isDuplicate(manifest.kind, named: manifest.name)
  }

  func isDuplicate(_ kind: ManifestKind, named name: String?) -> Bool {
    !duplicates.isEmpty && duplicates.contains(Title(kind: kind, name: name ?? ""))
  }
}
