/// A pipeline as its manifests want it.
public struct DesiredPipeline: Hashable, Codable, Sendable {
  public var name: PipelineName
  /// Sorted by key.
  public var labels: [Label]
  /// Prune and delete leave a protected pipeline alone.
  public var isProtected: Bool
  @Boxed public var spec: PipelineSpec
  public var sourceSet: SourceSet

  public struct Label: Hashable, Codable, Sendable {
    public let key: String
    public let value: String

    public init(_ key: String, _ value: String) {
      self.key = key
      self.value = value
    }
  }

  public init(
    name: PipelineName, labels: [Label] = [], isProtected: Bool = false, spec: PipelineSpec, sourceSet: SourceSet
  ) {
    self.init(
      name: name, labels: labels, isProtected: isProtected, sharing: Boxed(wrappedValue: spec), sourceSet: sourceSet)
  }

  /// With a spec that others may have too.
  public init(
    name: PipelineName, labels: [Label], isProtected: Bool, sharing spec: Boxed<PipelineSpec>, sourceSet: SourceSet
  ) {
    self.name = name
    self.labels = labels
    self.isProtected = isProtected
    _spec = spec
    self.sourceSet = sourceSet
  }
}
