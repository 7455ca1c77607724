/// The catalog that a pipeline's runs use, as its tap printed it.
public struct CatalogRecord: Hashable, Codable, Sendable {
  public var pipeline: PipelineName
  public var run: RunID
  public var at: Timestamp
  public var text: String

  public init(pipeline: PipelineName, run: RunID, at: Timestamp, text: String) {
    self.pipeline = pipeline
    self.run = run
    self.at = at
    self.text = text
  }
}
