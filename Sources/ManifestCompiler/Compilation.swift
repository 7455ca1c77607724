public import Diagnostics
public import PipelineModel

/// What manifests compile to.
public struct Compilation: Sendable {
  /// Sorted by name; only those without an error, in themselves or in what they refer to.
  public var pipelines: [DesiredPipeline]
  /// Sorted for a report, each mistake once.
  public let diagnostics: [Diagnostic]
  /// Where the values of each compiled pipeline come from; empty where that was not asked for.
  public let origins: [PipelineName: Origins]

  /// - Parameters:
  ///   - pipelines: sorted by name.
  ///   - diagnostics: sorted for a report.
  public init(pipelines: [DesiredPipeline], diagnostics: [Diagnostic], origins: [PipelineName: Origins] = [:]) {
    self.pipelines = pipelines
    self.diagnostics = diagnostics
    self.origins = origins
  }

  public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}
