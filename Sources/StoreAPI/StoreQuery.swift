public import PipelineModel

/// Which part of the memory is asked for.
public struct StoreQuery: Hashable, Sendable {
  /// Absent: every pipeline.
  public var pipelines: [PipelineName]?
  /// Requests to load although they are settled.
  public var requests: [RequestKey]

  public init(pipelines: [PipelineName]? = nil, requests: [RequestKey] = []) {
    self.pipelines = pipelines
    self.requests = requests
  }
}
