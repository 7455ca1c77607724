public import ControlLoop
public import PipelineModel

/// Something that a person, or the world, does.
public enum UserAction: Hashable, Sendable {
  case apply(Manifests, until: WaitGoal, consents: ConsentGrant)
  /// Plans now, and applies the saved plan after a while, twice.
  case applySaved(Manifests, after: TimeSpan)
  case request(PipelineName, JobRequest, until: WaitGoal, consents: ConsentGrant)
  case pause(PipelineName, PauseOverride?)
  /// Somebody starts a run on the engine itself.
  case foreignRun(PipelineName)
  case outage(TimeSpan)
  /// Whoever waits next presses Ctrl-C.
  case interrupt
  case wait(TimeSpan)
}

/// What a user has in the working folder.
public struct Manifests: Hashable, Sendable {
  public var pipelines: [DesiredPipeline]
  public var sourceSet: SourceSet
  public var prune: PruneLimit?

  public init(pipelines: [DesiredPipeline], sourceSet: SourceSet, prune: PruneLimit? = nil) {
    self.pipelines = pipelines.sorted { $0.name < $1.name }
    self.sourceSet = sourceSet
    self.prune = prune
  }

  var desired: DesiredState { DesiredState(pipelines: pipelines, sourceSets: [sourceSet], prune: prune) }
}

extension ConsentGrant {
  public static let everything = ConsentGrant(Set(Consent.allCases))
}
