import ControlLoop
import PipelineModel

extension Pursuit {
  /// Asks, where somebody can answer; naming each operation.
  func agrees(to operations: [Operation]) -> Bool {
    guard terminal.isInteractive else { return false }
    for operation in operations {
      let what = "\(operation.verb) \(operation.pipeline) (\(operation.dataEffect.rawValue): \(operation.reason))"
      guard terminal.agrees(to: "Really \(what)?") else { return false }
    }
    return true
  }
}
