public import PipelineModel

/// The manifests in a git repository, followed: fetched with the system's git into a private copy, read from its objects, never checked out.
///
/// For one owner: nothing else may use the same private copy meanwhile. Every call blocks.
public struct GitSource: Sendable {
  public let location: GitLocation
  private let mirror: GitMirror
  private let bounds: GitBounds
  /// What is known of the manifests that were read before.
  public private(set) var cache: ManifestCache

  /// - Parameters:
  ///   - mirror: the folder of the private copy, relative to the working folder of this process or absolute; made when it is needed.
  ///   - patience: milliseconds that a fetch may take.
  ///   - environment: this process's; git sees of it what it needs to reach the remote and to identify itself.
  public init(
    _ location: GitLocation, mirror: String, settings: CompileSettings, bounds: GitBounds = .standard,
    patience: Int64 = 120_000, environment: [String: String]
  ) throws(SourceFailure) {
    self.location = location
    self.bounds = bounds
    self.mirror = GitMirror(
      folder: mirror, location: location,
      git: try GitProgram(environment: environment, credentials: location.credentials), patience: patience)
    cache = ManifestCache(settings)
  }

  /// Asks the remote what it has now, and gets it.
  ///
  /// - Parameter applied: the commit that was applied last.
  public func fetch(since applied: CommitID?) throws(SourceFailure) -> GitChange {
    let commit = try mirror.fetch()
    guard let applied else { return .first(commit) }
    if applied == commit { return .unchanged(commit) }
    return try mirror.descends(commit, from: applied)
      ? .advanced(from: applied, to: commit) : .rewritten(from: applied, to: commit)
  }

  /// The manifests of a commit that was fetched; only what changed since the last good ones is read and compiled.
  public mutating func load(_ commit: CommitID) throws(SourceFailure) -> LoadedManifests {
    let tree = try mirror.tree(of: commit, bounds: bounds)
    let blobs = Dictionary(tree.manifests.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    let mirror = mirror
    let versions = tree.manifests.map { ManifestVersion(name: $0.path, version: $0.id) }
    return try cache.load(versions, of: [location.sourceSet], unread: tree.diagnostics) { names throws(SourceFailure) in
      try mirror.contents(of: names.compactMap { blobs[$0] })
    }
  }
}
