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
  /// Somebody starts a job of its unit at a service, or changes what the service holds of it.
  case meddle(PipelineName)
  case outage(TimeSpan)
  /// Whoever waits next presses Ctrl-C.
  case interrupt
  case wait(TimeSpan)
  case push(Push)
  /// The repository cannot be read for a moment.
  case unreachable
  /// A controller is started that stays; where one does, it is told to look at everything.
  case serve(ServeOptions)
  /// It is told to end; with `drain` after its runs.
  case end(drain: Bool)
  case kill
  /// The controllers' clock is set forward, or back.
  case setClock(TimeSpan)
  /// So many of the next commits fail.
  case storeTrouble(Int)
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
