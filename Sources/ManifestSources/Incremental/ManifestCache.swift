import CPosix
import Diagnostics
import ManifestCompiler
import ManifestSyntax
import PipelineModel

/// What is known of manifests that were compiled before, so that only what changed is read and compiled again.
///
/// Only sound manifests are remembered: whenever there is an error, everything is compiled, and the report is what a compilation of
/// everything says. What was good before is kept meanwhile, so the commit that mends it is a small change again.
public struct ManifestCache: Sendable {
  private var settings: CompileSettings
  private var known: KnownManifests?
  /// How many files were parsed so far.
  public private(set) var parsedFiles = 0

  init(_ settings: CompileSettings) {
    self.settings = settings
  }

  /// Compiles what these files hold.
  ///
  /// - Parameters:
  ///   - unread: what is wrong with files that are not among them.
  ///   - read: gives the contents of the files that are needed.
  mutating func load<Failure: Error>(
    _ versions: [ManifestVersion], of sets: [SourceSet], unread: [Diagnostic],
    read: ([String]) throws(Failure) -> [ManifestFile]
  ) throws(Failure) -> LoadedManifests {
    let mayBeSound = !unread.contains { $0.severity == .error }
    if mayBeSound, let known, var change = ManifestChange(from: known, to: versions) {
      if change.isEmpty { return loaded(known, sets) }
      if let updated = try compiled(&change, after: known, read) {
        self.known = updated
        return loaded(updated, sets)
      }
    }
    // A process that stays has no use for the memory that this took.
    defer { if settings.isKept { cposix_return_memory() } }
    return try compileAll(versions, of: sets, unread: unread, read: read)
  }

  private func loaded(_ known: KnownManifests, _ sets: [SourceSet]) -> LoadedManifests {
    LoadedManifests(
      compilation: Compilation(pipelines: known.pipelines, diagnostics: known.warnings), diagnostics: known.warnings,
      sources: [:], sourceSets: sets, consentPlaces: known.consentPlaces)
  }

  // MARK: What changed

  /// Nil where a part does not do: something is wrong, or too much depends on it.
  private mutating func compiled<Failure: Error>(
    _ change: inout ManifestChange, after known: KnownManifests, _ read: ([String]) throws(Failure) -> [ManifestFile]
  ) throws(Failure) -> KnownManifests? {
    guard var subject = parsed(try read(change.changed.keys.sorted())),
      change.take(subject.documents, known, hasEnvironment: settings.environment != nil)
    else { return nil }
    if !change.dependants.isEmpty {
      guard let dependants = parsed(try read(change.dependants.keys.sorted())) else { return nil }
      change.takeDependants(dependants.documents)
      subject.append(dependants)
    }
    var references = change.references
    if settings.environment != nil {
      guard let environments = parsed(try read(change.filesOf(known, kind: .environment))) else { return nil }
      for document in environments.documents { document.root.addReferences(to: &references) }
      subject.append(environments.keeping { $0 == .environment })
    }
    let support = known.definers(of: references).subtracting(change.touched).sorted()
    guard let definitions = parsed(try read(support)) else { return nil }
    subject.append(definitions.keeping { $0 != .pipeline && $0 != .environment })
    return compiled(subject, change, known)
  }

  private func compiled(_ subject: Subject, _ change: ManifestChange, _ known: KnownManifests) -> KnownManifests? {
    let compilation = compile(subject.documents, options: options(subject.sets, isPartial: false))
    let pipelines = subject.documents.count { ManifestKind($0) == .pipeline }
    guard !compilation.hasErrors, compilation.pipelines.count == pipelines else { return nil }
    // Which patches are idle is known from all names, and those are the same as before.
    let warnings = compilation.diagnostics.filter { $0.code != .idlePatch }
    return known.replacing(
      change.files, removed: change.removed, pipelines: compilation.pipelines, warnings: subject.warnings + warnings,
      consentPlaces: change.consentPlaces)
  }

  // MARK: Everything

  private mutating func compileAll<Failure: Error>(
    _ versions: [ManifestVersion], of sets: [SourceSet], unread: [Diagnostic],
    read: ([String]) throws(Failure) -> [ManifestFile]
  ) throws(Failure) -> LoadedManifests {
    let files = try read(versions.map(\.name))
    parsedFiles += files.count
    var parsed = parse(files, OverCores())
    let sourceSets = Dictionary(files.map { ($0.name, $0.sourceSet) }, uniquingKeysWith: { first, _ in first })
    let broken = unread + parsed.diagnostics
    let documents = parsed.takeDocuments()
    var titles = Dictionary(grouping: documents, by: \.file).mapValues { $0.compactMap(ManifestTitle.init) }
    let consentPlaces = documents.consentPlaces
    var compilation = compile(
      documents, options: options(sourceSets, isPartial: broken.contains { $0.severity == .error }))
    if settings.isKept, !compilation.layTogether() {
      settings.isKept = false
      return try compileAll(versions, of: sets, unread: unread, read: read)
    }
    if settings.isKept { titles.take(namesOf: compilation.pipelines) }
    let diagnostics = sortedForReport(broken + compilation.diagnostics)
    if !diagnostics.contains(where: { $0.severity == .error }) {
      let known = versions.map { ($0.name, KnownManifests.File(version: $0.version, titles: titles[$0.name] ?? [])) }
      self.known = KnownManifests(
        files: Dictionary(known, uniquingKeysWith: { first, _ in first }), pipelines: compilation.pipelines,
        warnings: diagnostics, consentPlaces: consentPlaces)
    }
    return LoadedManifests(
      compilation: compilation, diagnostics: diagnostics, sources: quoted(diagnostics, files), sourceSets: sets,
      consentPlaces: consentPlaces)
  }

  /// The bytes of the files that something is said of.
  private func quoted(_ diagnostics: [Diagnostic], _ files: [ManifestFile]) -> [String: [UInt8]] {
    var names = Set(diagnostics.compactMap(\.primary?.file))
    for diagnostic in diagnostics { names.formUnion(diagnostic.secondary.map(\.range.file)) }
    return Dictionary(
      files.filter { names.contains($0.name) }.map { ($0.name, $0.bytes) }, uniquingKeysWith: { first, _ in first })
  }

  // MARK: Parts

  /// Some documents that are compiled together.
  private struct Subject {
    var documents: [SyntaxDocument]
    var warnings: [Diagnostic]
    var sets: [String: SourceSet]

    mutating func append(_ other: Subject) {
      documents += other.documents
      warnings += other.warnings
      sets.merge(other.sets) { _, new in new }
    }

    func keeping(_ isWanted: (ManifestKind) -> Bool) -> Subject {
      Subject(documents: documents.filter { ManifestKind($0).map(isWanted) ?? true }, warnings: [], sets: sets)
    }
  }

  /// Nil where a file has a mistake.
  private mutating func parsed(_ files: [ManifestFile]) -> Subject? {
    parsedFiles += files.count
    guard !files.isEmpty else { return Subject(documents: [], warnings: [], sets: [:]) }
    var parsed = parse(files, OverCores())
    guard !parsed.diagnostics.contains(where: { $0.severity == .error }) else { return nil }
    return Subject(
      documents: parsed.takeDocuments(), warnings: parsed.diagnostics,
      sets: Dictionary(files.map { ($0.name, $0.sourceSet) }, uniquingKeysWith: { first, _ in first }))
  }

  private func options(_ sets: [String: SourceSet], isPartial: Bool) -> CompileOptions {
    CompileOptions(
      environment: settings.environment, knownTimeZones: settings.knownZones,
      capabilities: settings.capabilities, isPartial: isPartial,
      settingCheck: settings.settingCheck, sourceSet: { sets[$0] ?? .path($0) }, keepsOrigins: false,
      spreading: OverCores())
  }
}
