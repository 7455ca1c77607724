import ControlLoop
import ManifestSources
import PipelineModel

/// Looks at where manifests come from. For one thread; every call may block.
protocol SourceFollower {
  var sourceSet: SourceSet { get }
  /// What is there now.
  ///
  /// - Parameter applied: the commit that was applied last.
  mutating func look(since applied: String?) -> SourceNews.Found
  /// Waits a moment, and says whether something may have changed.
  mutating func waits(milliseconds: Int64) -> Bool
}
