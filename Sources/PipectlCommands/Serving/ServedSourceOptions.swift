import ArgumentParser
import Foundation
import ManifestSources
import PipelineModel

/// Which manifests a controller follows.
struct ServedSourceOptions: ParsableArguments {
  @Option(name: .long, help: "A folder of manifests, watched.", completion: .directory)
  var manifests: String?
  @OptionGroup var git: GitOptions
  @Option(help: "How often the repository is asked for new commits, and the folder looked at in any case.")
  var interval: SpanArgument = SpanArgument(TimeSpan(seconds: 60))
  @Option(
    help: ArgumentHelp(
      "With --git: take up this commit, although it does not come after the one that was applied last.",
      valueName: "commit"))
  var acceptRewrite: String?
  @Option(name: .customLong("env"), help: "The Environment whose variables and patches apply.")
  var environment: String?

  func validate() throws {
    if (manifests == nil) == (git.url == nil) {
      throw ValidationError("say what to follow: a folder with --manifests, or a repository with --git")
    }
    if interval.span < TimeSpan(seconds: 1) { throw ValidationError("--interval: at least 1s") }
    if let acceptRewrite, git.url == nil || CommitID(acceptRewrite) == nil {
      throw ValidationError("--accept-rewrite takes the full id of a commit, and stands with --git")
    }
  }

  /// - Parameter folder: the state folder, which keeps the private copy of the repository.
  func feed(_ folder: String, _ allowance: ConnectorAllowance, _ prune: PruneOptions) throws(CommandEnd) -> SourceFeed {
    let reading = ManifestReading(environment: environment ?? "", allowance: allowance, adopts: prune.adopt)
    var settings = ManifestOptions.settings(for: environment)
    settings.isKept = true
    guard let location = try git.location else {
      return SourceFeed(FolderFollower(manifests ?? "", settings, reading), every: interval.span)
    }
    do throws(SourceFailure) {
      let source = try GitSource(
        location, mirror: folder + "/source", settings: settings, environment: ProcessInfo.processInfo.environment)
      let follower = GitFollower(source, reading, accepted: acceptRewrite.flatMap { CommitID($0) })
      return SourceFeed(follower, every: interval.span)
    } catch {
      throw CommandEnd(.failed(error.message))
    }
  }
}
