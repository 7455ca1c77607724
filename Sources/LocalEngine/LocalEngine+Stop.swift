public import EngineAPI
public import PipelineModel
internal import Synchronization

extension LocalEngine {
  /// Leaves the order in the run's directory, where its supervisor finds it; with no supervisor alive it changes nothing but what a loss is
  /// called.
  public func stop(_ order: StopOrder) async throws(EngineError) {
    do {
      try leave(order)
    } catch let error as EngineError {
      throw error
    } catch {
      throw EngineError(.unavailable, "run \(order.run): \(error)", .retryable)
    }
  }

  private func leave(_ order: StopOrder) throws {
    guard let directory = runs.directory(of: order.run) else {
      throw EngineError(.runUnknown, "there is no run \(order.run)", .terminal)
    }
    var reader = JournalReader()
    try reader.catchUp(with: directory.journal)
    guard reader.history.outcome == nil, directory == runs.active(order.run) else { return }
    if let earlier = try StopRecord.read(from: directory), !earlier.isSurpassed(by: order) { return }
    switch order.kind {
    case .cancel: break
    case .complete: try refuseUnlessCapturing(order.run, directory, reader.history)
    }
    try StopRecord(order: order, at: Clock.now()).write(to: directory)
  }

  private func refuseUnlessCapturing(_ run: RunID, _ directory: RunDirectory, _ history: RunHistory) throws {
    let order = try RunSpecification(reading: directory).order
    if let command = order.spec.work.commandJob { return try refuseUnlessCompletable(order, command, history) }
    let mode = order.mode
    guard mode == .continuous else {
      throw EngineError(
        .wrongStage, "run \(run) is \(mode.rawValue): only a continuous run can be completed", .terminal)
    }
    guard history.hasReachedChangeCapture else {
      let stage = history.stage?.rawValue ?? "its beginning"
      throw EngineError(
        .wrongStage, "run \(run) is in \(stage): it can be completed once it is in its CDC stage, or cancelled",
        .terminal)
    }
  }

  private func refuseUnlessCompletable(_ order: StartOrder, _ command: CommandJob, _ history: RunHistory) throws {
    guard command.capabilities.canComplete, order.mode == .continuous else {
      throw EngineError(
        .wrongStage, "run \(order.run) is a command that does not declare that it can be completed in this mode",
        .terminal)
    }
    guard history.isRunningCommand else {
      throw EngineError(
        .wrongStage, "the command of run \(order.run) is not running: it can be completed while it runs, or cancelled",
        .terminal)
    }
  }

  /// Puts the run's folder away; nothing where that was done before.
  public func retire(_ run: RunID) async throws(EngineError) {
    do throws(PosixError) {
      try runs.retire(run)
      memory.withLock { memory in
        memory.readers[run] = nil
        memory.lastSeen[run] = nil
        memory.orders[run] = nil
      }
    } catch {
      throw EngineError(.unavailable, "run \(run): \(error)", .retryable)
    }
  }
}
