import ManifestCompiler
import ManifestSyntax
import PipelineModel

/// What must be compiled again because some files differ.
struct ManifestChange {
  /// The files that are new or different, with their new versions.
  let changed: [String: String]
  /// The files that are gone.
  let removed: Set<String>
  /// Other files whose pipelines refer to what changed, with their versions.
  private(set) var dependants: [String: String] = [:]
  /// What these files hold now.
  private(set) var files: [String: KnownManifests.File] = [:]
  /// Where their pipelines ask for what has to be agreed to.
  private(set) var consentPlaces: [PipelineName: String] = [:]
  /// What their pipelines may refer to.
  private(set) var references: Set<ManifestTitle> = []

  /// Nil where so much differs that all may as well be compiled.
  init?(from known: KnownManifests, to versions: [ManifestVersion]) {
    let differing = versions.filter { known.files[$0.name]?.version != $0.version }
    changed = Dictionary(differing.map { ($0.name, $0.version) }, uniquingKeysWith: { first, _ in first })
    let added = changed.keys.count { known.files[$0] == nil }
    // Without this many there are files that are gone; only then is it worth looking for them.
    let isComplete = known.files.count + added == versions.count
    removed = isComplete ? [] : Set(known.files.keys).subtracting(versions.map(\.name))
    if (changed.count + removed.count) * 4 > versions.count + 16 { return nil }
  }

  var isEmpty: Bool { changed.isEmpty && removed.isEmpty }

  /// The files that are compiled again, and those that are gone.
  var touched: Set<String> { removed.union(changed.keys).union(dependants.keys) }

  /// Takes in what the changed files hold. False where all must be compiled: what changed concerns everything, or two manifests have
  /// one name.
  mutating func take(_ documents: [SyntaxDocument], _ known: KnownManifests, hasEnvironment: Bool) -> Bool {
    let titles = documents.compactMap(ManifestTitle.init)
    guard titles.count == documents.count else { return false }
    let stale = removed.union(changed.keys)
    let old = Set(stale.flatMap { known.files[$0]?.titles ?? [] })
    let new = Set(titles)
    let touched = old.union(new)
    guard new.count == titles.count, !touched.contains(where: { $0.kind == .environment }),
      !hasEnvironment || old == new, !isTaken(new.subtracting(old), known)
    else { return false }
    note(documents, versions: changed)
    let shared = touched.filter { $0.kind != .pipeline }
    for file in known.definers(of: known.dependants(on: shared)) where !stale.contains(file) {
      dependants[file] = known.files[file]?.version
    }
    return dependants.count * 4 <= known.files.count + 16
  }

  mutating func takeDependants(_ documents: [SyntaxDocument]) {
    note(documents, versions: dependants)
  }

  func filesOf(_ known: KnownManifests, kind: ManifestKind) -> [String] {
    known.files.filter { $0.value.titles.contains { $0.kind == kind } }.keys.sorted()
  }

  /// Whether another file has one of these already.
  private func isTaken(_ titles: Set<ManifestTitle>, _ known: KnownManifests) -> Bool {
    !known.definers(of: titles).isEmpty
  }

  private mutating func note(_ documents: [SyntaxDocument], versions: [String: String]) {
    let titles = Dictionary(grouping: documents, by: \.file).mapValues { $0.compactMap(ManifestTitle.init) }
    for (name, version) in versions {
      files[name] = KnownManifests.File(version: version, titles: titles[name] ?? [])
    }
    for document in documents { document.root.addReferences(to: &references) }
    consentPlaces.merge(documents.consentPlaces) { _, new in new }
  }
}
