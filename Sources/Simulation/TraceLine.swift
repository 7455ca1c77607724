public import PipelineModel

/// One line of what happened, for the person who has to understand a failing seed.
public struct TraceLine: Hashable, Sendable, CustomStringConvertible {
  public var at: Timestamp
  public var actor: String
  public var text: String

  public var description: String {
    let time = "\(at)"
    return "\(time) \(actor): \(text)"
  }
}

extension StateChange {
  /// In a few words.
  var words: String {
    switch self {
    case .putPipeline(let record): "pipeline \(record.name)@\(record.generation) \(record.lifecycle)"
    case .putRun(let run): "run \(run.id) \(run.report.status.words)"
    case .dropRun(let run): "run \(run) dropped"
    case .putRequest(let request): "request \(request.key) \(request.state.words)"
    case .putIntent(let intent): "intent \(intent.id) \(intent.state)"
    case .appendState(let version): "state of \(version.pipeline) from \(version.origin)"
    case .putCatalog(let catalog): "catalog of \(catalog.pipeline)"
    case .putSlot(let slot): "slot \(slot.pipeline) \(slot.instant) \(slot.outcome)"
    case .putSchedule(let progress): "slots of \(progress.pipeline) settled until \(progress.settledUntil)"
    case .appendCommit(let record): "commit \(record.commit) \(record.result)"
    case .bindEnvironment(let name): "environment \(name)"
    }
  }
}

extension RunStatus {
  var words: String {
    switch self {
    case .starting: "starting"
    case .active(let stage): "active (\(stage.rawValue))"
    case .backingOff(let until): "backing off until \(until)"
    case .stopping(let progress): "stopping (\(progress.kind.rawValue), \(progress.step.rawValue))"
    case .unconfirmed: "unconfirmed"
    case .ended(let outcome): outcome.word
    }
  }
}

extension RequestState {
  var words: String {
    switch self {
    case .pending(let run): run.map { "pending behind \($0)" } ?? "pending"
    case .acting(let run): "acting on \(run)"
    case .settled(let result, _): "\(result)"
    }
  }
}
