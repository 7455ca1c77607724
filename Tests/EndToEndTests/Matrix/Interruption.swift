/// What ends a run in its middle.
enum Interruption: String, CaseIterable {
  case cancel
  case killOfTap, killOfTarget, killOfSupervisor
  /// Of the command that waits for the run.
  case killOfCommand

  /// How the run ends; without the command it goes on.
  var outcome: String {
    switch self {
    case .cancel: "cancelled"
    case .killOfTap, .killOfTarget: "failed"
    case .killOfSupervisor: "lost"
    case .killOfCommand: "succeeded"
    }
  }
}
