import ControlLoop
import PipelineModel
import StoreAPI

/// A job action by command: requests are put into the ledger, one for each pipeline, and the loop acts on them.
struct JobCommand {
  let workspace: Workspace
  let records: [PipelineRecord]
  let goal: LoopGoal

  /// - Parameter id: of the requests; made from verb and time where the user gave none.
  /// - Parameter aim: the run that is meant, and no other; absent: the active one.
  init(
    _ action: JobAction, of selection: PipelineSelection, id: String?, reason: String?, aim: RunID? = nil,
    until: WaitGoal, in folder: String
  ) throws {
    let workspace = try Workspace.openForReading(folder)
    let records =
      try action.stopKind == nil ? selection.records(in: workspace) : selection.runningRecords(in: workspace)
    let now = workspace.clock.now()
    let request = RequestID(id ?? "\(action.verb)-\(now)")
    let entries = records.map { record in
      RequestRecord(
        key: RequestKey(record.name, request), job: JobRequest(request: request, action: action, reason: reason),
        origin: .command(by: author()), recordedAt: now, state: .pending(behind: aim))
    }
    let keys = entries.map(\.key)
    let used = try workspace.store.load(StoreQuery(pipelines: records.map(\.name), requests: keys)).requests
    for entry in entries {
      if let used = used.first(where: { $0.key == entry.key }) { try entry.refuseOtherUse(of: used) }
    }
    self.workspace = workspace
    self.records = records
    goal = LoopGoal(
      scope: records.map(\.name), submissions: entries.map { .request($0) }, until: until)
  }

  /// One sentence of each pipeline that has one, a line each.
  func sentences(_ sentence: (PipelineRecord) -> String?) -> String? {
    let said = records.compactMap(sentence)
    return said.isEmpty ? nil : said.joined(separator: "\n")
  }

  /// Takes it as far as the user waits for it.
  func pursue(_ global: GlobalOptions, _ consent: ConsentOptions, _ wait: WaitOptions) async throws -> LoopResult {
    try await Pursuit(
      workspace: try Workspace.open(global.folder, tracer: global.callTracer), terminal: global.terminal,
      granted: consent.granted,
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
