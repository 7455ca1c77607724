import ControlLoop
import PipelineModel

extension PruneOptions {
  /// The desired state with what may be taken away or taken over.
  func limiting(_ desired: DesiredState) -> DesiredState {
    var desired = desired
    desired.prune = limit
    desired.adopts = adopt
    return desired
  }
}

extension LoopGoal {
  /// To bring about what the manifests want.
  init(_ manifests: ManifestOptions, desired: DesiredState, until: WaitGoal = .settled) {
    self.init(desired: desired, until: until, environment: manifests.environment ?? "")
  }
}
