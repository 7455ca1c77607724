public import PipelineModel
public import StoreAPI

/// What a controller that stays hears.
public enum ServeEvent: Hashable, Sendable {
  case began(now: Timestamp)
  /// The goal that was pursued is over.
  case looked(LoopResult, now: Timestamp)
  /// The result of a commit is recorded; with an error: it could not be.
  case noted(StoreError?, now: Timestamp)
  /// A step of the retention walk is done; whether it has looked at every pipeline.
  case tidied(isPassOver: Bool, now: Timestamp)
  /// The wait is over: an instant came, runs changed, or somebody had something to tell.
  case woke([Nudge], now: Timestamp)
}

/// What wakes a controller that waits.
public enum Nudge: Hashable, Sendable {
  /// A run changed its status.
  case runsChanged
  /// Another goal changed something about these.
  case touched([PipelineName])
  case source(SourceNews)
  /// Everything is to be looked at, whether it is due or not.
  case resync
  /// No more work is begun; runs go on. With `drain` they are waited for.
  case end(drain: Bool)
}
