public import PipelineModel
public import Reconciler

/// Progress, for whoever watches; nothing depends on it.
public enum LoopReport: Hashable, Codable, Sendable {
  case planned(Plan)
  case executing(Operation)
  case executed(Operation, OperationAnswer)
  /// The goal's runs as they were last observed.
  case runs([RunRecord])
  case enginesUnavailable([EngineAvailability])
  case waiting(runs: [RunID], until: Timestamp?)
}
