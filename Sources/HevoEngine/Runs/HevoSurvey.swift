internal import EngineAPI
internal import EngineHTTP
internal import PipelineModel

/// Brings what is known of runs up to date with the jobs that a pipeline of Hevo has.
///
/// It changes receipts in memory; what has changed is kept by whoever may write.
struct HevoSurvey {
  /// Of all pipelines of the engine.
  private(set) var receipts: [HevoReceipt]
  private(set) var changed: Set<RunID> = []
  /// What stands in the way of reading the jobs of a pipeline, by Hevo's id.
  var unread: [String: String] = [:]
  let patience: HevoPatience

  init(_ receipts: [HevoReceipt], patience: HevoPatience) {
    self.receipts = receipts
    self.patience = patience
  }

  /// Those of a pipeline that are not over, sorted.
  func open(_ pipeline: String) -> [HevoReceipt] { receipts.filter { $0.pipeline == pipeline && $0.isOpen } }

  func receipt(of run: RunID) -> HevoReceipt? { receipts.first { $0.run == run } }

  mutating func put(_ receipt: HevoReceipt) {
    if let index = receipts.firstIndex(where: { $0.run == receipt.run }) {
      guard receipts[index] != receipt else { return }
      receipts[index] = receipt
    } else {
      receipts.append(receipt)
      receipts.sort { $0.run < $1.run }
    }
    changed.insert(receipt.run)
  }

  /// Follows the open runs of a pipeline; those that have a job already before those that seek theirs.
  mutating func follow(_ jobs: HevoJobs, of pipeline: String, at now: Timestamp) {
    for receipt in open(pipeline).sorted(by: { !$0.seeksJob && $1.seeksJob }) {
      put(receipt.following(jobs, besides: claimed(by: pipeline), at: now, patience: patience))
    }
  }

  /// Ends the runs of a pipeline that Hevo has no more: nothing tells any longer what becomes of them.
  mutating func lose(_ pipeline: String, at now: Timestamp) {
    for var receipt in open(pipeline) {
      receipt.end = HevoReceipt.End(outcome: .lost, at: now, conditions: [])
      put(receipt)
    }
  }

  /// Lets go of retired runs that somebody else had begun, and whose jobs are older than what concerns anybody.
  mutating func forget(of pipeline: String, before since: Timestamp) -> [RunID] {
    let old = receipts.filter { receipt in
      receipt.pipeline == pipeline && receipt.isRetired && receipt.ask == nil
        && receipt.job.map { $0.createdAt <= since } ?? true
    }
    let runs = old.map(\.run)
    receipts.removeAll { runs.contains($0.run) }
    return runs
  }

  private func claimed(by pipeline: String) -> Set<String> {
    Set(receipts.lazy.filter { $0.pipeline == pipeline }.compactMap(\.job?.id))
  }

  /// Takes up what somebody else began: jobs that run, and those that are newer than what is known and over.
  ///
  /// - Parameter since: absent where nothing is known yet: then only what runs is taken up.
  mutating func adopt(
    _ jobs: HevoJobs, of pipeline: String, for unit: HevoUnit, since: Timestamp?, at now: Timestamp
  ) {
    let known = claimed(by: pipeline)
    let asks = open(pipeline).filter(\.seeksJob).compactMap(\.ask)
    for job in jobs.rows where !known.contains(job.id) && !job.wasSkipped {
      let isNews = job.isActive || since.map { job.createdAt > $0 && HevoStanding(job.status).isOver } ?? false
      // What a start may have begun that seeks its job is left to it.
      guard isNews, !asks.contains(where: { jobs.mayBe(job, of: $0) }) else { continue }
      let number =
        max(unit.lastRunNumber, receipts.lazy.filter { $0.run.pipeline == unit.name }.map(\.run.number).max() ?? 0) + 1
      var receipt = HevoReceipt(order: unit.order(number, of: job), pipeline: pipeline)
      receipt.job = HevoReceipt.Job(job)
      put(receipt.following(jobs, besides: [], at: now, patience: patience))
    }
  }
}

/// The pipeline of ours that stands for one of Hevo's.
struct HevoUnit: Hashable, Sendable {
  var name: PipelineName
  var generation: Int
  var spec: PipelineSpec
  var lastRunNumber: Int

  init(_ record: PipelineRecord) {
    name = record.name
    generation = record.generation
    spec = record.applied.spec
    lastRunNumber = record.lastRunNumber
  }

  /// As far as an order to start tells.
  init(_ order: StartOrder) {
    name = order.run.pipeline
    generation = order.generation
    spec = order.spec
    lastRunNumber = order.run.number
  }

  /// What a job amounts to that somebody else began.
  func order(_ number: Int, of job: HevoJob) -> StartOrder {
    StartOrder(
      run: RunID(pipeline: name, number: number), trigger: .external,
      mode: job.readsHistory ? .historical : .incremental, generation: generation, spec: spec,
      refreshSchema: job.isRefresher, reason: "Hevo's job \(job.id), \(job.kind.word)")
  }
}

extension HevoStanding {
  /// Whether nothing of it goes on or comes again.
  var isOver: Bool {
    switch self {
    case .completed, .failed, .cancelled, .skipped: true
    case .waiting, .running, .cancelling, .deferred, .other: false
    }
  }
}
