public import PipelineModel

/// A broken law; see `docs/laws.md`.
public struct LawViolation: Hashable, Codable, Sendable, CustomStringConvertible {
  /// 1...14.
  public var law: Int
  public var pipeline: PipelineName?
  public var message: String

  public init(law: Int, pipeline: PipelineName?, _ message: String) {
    self.law = law
    self.pipeline = pipeline
    self.message = message
  }

  public var description: String {
    pipeline.map { "law \(law), \($0): \(message)" } ?? "law \(law): \(message)"
  }
}
