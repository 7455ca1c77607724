public import EngineAPI
public import PipelineModel

/// What an engine keeps of a run: what was asked for, what was seen of it, and how it ended.
public protocol Receipt: Codable, Hashable, Sendable {
  var order: StartOrder { get }
  var isOpen: Bool { get }
  /// Whether the run is over and reported, so that it is to be said of no more, and never started again.
  var isRetired: Bool { get set }
}

extension Receipt {
  public var run: RunID { order.run }

  /// Why a run that is retired is not started once more.
  public var refusalOfRetired: EngineError {
    EngineError(
      .refused,
      "\(run) has already run and ended, and the state folder's memory does not know it; the next start takes the next number",
      .terminal)
  }
}
