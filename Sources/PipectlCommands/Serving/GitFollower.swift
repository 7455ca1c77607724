import ControlLoop
import Foundation
import ManifestSources
import PipelineModel

/// Follows a branch of a git repository.
struct GitFollower: SourceFollower {
  private let reading: ManifestReading
  private var source: GitSource
  /// A commit that is taken up although it does not come after the last good one.
  private let accepted: CommitID?
  /// The last one whose manifests were read.
  private var seen: CommitID?

  init(_ source: GitSource, _ reading: ManifestReading, accepted: CommitID?) {
    self.source = source
    self.reading = reading
    self.accepted = accepted
  }

  var sourceSet: SourceSet { source.location.sourceSet }

  mutating func look(since applied: String?) -> SourceNews.Found {
    do throws(SourceFailure) {
      let change = try source.fetch(since: applied.flatMap { CommitID($0) })
      let commit = change.commit
      if case .rewritten(let from, _) = change, commit != accepted {
        return .rewritten(from: from.text, to: commit.text)
      }
      if commit == seen { return .unchanged(commit: commit.text) }
      let found = reading.found(try source.load(commit), version: commit.text)
      seen = commit
      return found
    } catch {
      return .unreadable(error.message)
    }
  }

  func waits(milliseconds: Int64) -> Bool {
    Thread.sleep(forTimeInterval: Double(milliseconds) / 1000)
    return false
  }
}
