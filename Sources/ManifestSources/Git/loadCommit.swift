public import PipelineModel

/// Compiles the manifests of a commit that is in a private copy already, with where every value comes from; nothing is fetched, and nothing
/// is remembered. Whoever follows the repository may use the copy meanwhile.
///
/// - Parameters:
///   - mirror: the folder of the private copy.
///   - environment: this process's.
public func loadCommit(
  _ commit: CommitID, of location: GitLocation, mirror: String, settings: CompileSettings, environment: [String: String]
) throws(SourceFailure) -> LoadedManifests {
  let mirror = GitMirror(
    folder: mirror, location: location, git: try GitProgram(environment: environment, credentials: nil),
    patience: GitMirror.localPatience)
  let tree = try mirror.tree(of: commit, bounds: .standard)
  var listing = ManifestListing()
  listing.files = try mirror.contents(of: tree.manifests)
  listing.sourceSets = [location.sourceSet]
  listing.diagnostics = tree.diagnostics
  return compiled(listing, settings, keepsOrigins: true)
}
