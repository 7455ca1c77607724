import ControlLoop
import PipelineModel
import StoreAPI

/// A job action by command: a request is put into the ledger, and the loop acts on it.
struct JobCommand {
  let workspace: Workspace
  let record: PipelineRecord
  let goal: LoopGoal

  /// - Parameter id: of the request; made from verb and time where the user gave none.
  init(
    _ action: JobAction, of name: String, id: String?, reason: String?, until: WaitGoal, in folder: String
  ) throws {
    workspace = try Workspace.openForReading(folder)
    record = try workspace.pipeline(name)
    let now = workspace.clock.now()
    let request = RequestID(id ?? "\(action.verb)-\(now)")
    let entry = RequestRecord(
      key: RequestKey(record.name, request), job: JobRequest(request: request, action: action, reason: reason),
      origin: .command(by: author()), recordedAt: now, state: .pending(behind: nil))
    if let used = try workspace.store.requests(of: record.name, limit: .max).first(where: { $0.key == entry.key }) {
      try entry.refuseOtherUse(of: used)
    }
    goal = LoopGoal(
      scope: [record.name],
      submissions: [.request(entry)], until: until)
  }

  /// Takes it as far as the user waits for it.
  func pursue(_ global: GlobalOptions, _ consent: ConsentOptions, _ wait: WaitOptions) async throws -> LoopResult {
    try await Pursuit(
      workspace: try Workspace.open(global.folder), terminal: global.terminal, granted: consent.granted,
      lockTimeout: wait.lockTimeout.span
    ).run(goal)
  }
}

extension RequestRecord {
  /// An id says what it said the first time, for ever; asking again for the same is harmless, for something else a mistake.
  fileprivate func refuseOtherUse(of used: RequestRecord) throws(CommandEnd) {
    guard used.job.action != job.action else { return }
    throw .failed(
      "request `\(key.request)` of \(key.pipeline) was used before for `\(used.job.action.verb)` (\(used.state.sentence)); choose a new id"
    )
  }
}
