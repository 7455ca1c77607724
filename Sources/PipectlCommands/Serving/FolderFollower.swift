import CPosix
import ControlLoop
import Foundation
import ManifestSources
import PipelineModel

/// Follows a folder of manifests, which inotify watches.
/// For one thread at a time.
struct FolderFollower: SourceFollower, @unchecked Sendable {
  let sourceSet: SourceSet
  private let reading: ManifestReading
  private let watch: FolderWatch
  private var source: FolderSource
  private var seen: String?

  init(_ folder: String, _ settings: CompileSettings, _ reading: ManifestReading) {
    let path = URL(fileURLWithPath: folder).standardizedFileURL.path
    sourceSet = .path(path)
    self.reading = reading
    watch = FolderWatch(path)
    source = FolderSource([path], settings: settings)
  }

  mutating func look(since applied: String?) -> SourceNews.Found {
    let (version, loaded) = source.read()
    // All files were read, and nobody needs their bytes until the next look.
    cposix_return_memory()
    if version == seen { return .unchanged(commit: version) }
    seen = version
    return reading.found(loaded, version: version)
  }

  func waits(milliseconds: Int64) -> Bool {
    watch.waitForChange(milliseconds: milliseconds)
  }
}
