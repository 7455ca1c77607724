/// What is wanted: the compiled manifests, and what they speak for.
public struct DesiredState: Hashable, Codable, Sendable {
  /// Sorted by name; empty where a command only acts on what is recorded.
  public var pipelines: [DesiredPipeline]
  /// The source sets that were read whole: what is missing from them is missing on purpose.
  public var sourceSets: [SourceSet]
  /// Absent: removed manifests are only noted.
  public var prune: PruneLimit?
  /// Whether pipelines that another source set owns are taken over.
  public var adopts: Bool
  /// The rules of every zone that a schedule names.
  public var zones: ZoneTable

  public init(
    pipelines: [DesiredPipeline] = [], sourceSets: [SourceSet] = [], prune: PruneLimit? = nil, adopts: Bool = false,
    zones: ZoneTable = ZoneTable([])
  ) {
    self.pipelines = pipelines
    self.sourceSets = sourceSets
    self.prune = prune
    self.adopts = adopts
    self.zones = zones
  }
}

/// How much a prune may take away at once.
public struct PruneLimit: Hashable, Codable, Sendable {
  public var objects: Int
  public var percent: Int

  public init(objects: Int = 10, percent: Int = 20) {
    self.objects = objects
    self.percent = percent
  }
}
