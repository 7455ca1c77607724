import ControlAPI
import ControlLoop
import PipelineModel
import StoreAPI

/// What is recorded, with what the engines answer just now taken in; nothing is locked and nothing is written.
struct Survey {
  let workspace: Workspace
  let preview: Preview
  let clock: SlotClock
  /// The controller that serves the folder; absent where none does.
  let controller: String?
  /// Of the pipeline that was asked for, or of all, sorted by name.
  let records: [PipelineRecord]
  private let nextSlots: [PipelineName: Timestamp]

  var now: Timestamp { clock.now }

  /// - Parameter pipeline: absent for all.
  init(_ workspace: Workspace, of pipeline: PipelineName? = nil) async throws {
    controller = controllerPresence(of: workspace.folder)
    // Of one pipeline it is told what the controller would decide about it, as far as there is one.
    let isServed = controller != nil && pipeline != nil
    let goal = LoopGoal(
      scope: pipeline.map { [$0] }, desired: DesiredState(), firesSlots: isServed,
      maxConcurrentRuns: isServed ? workspace.controllersLimit : nil, isUnattended: isServed)
    func inScope(_ records: [PipelineRecord]) -> [PipelineRecord] {
      records.filter { pipeline == nil || $0.name == pipeline }
    }
    self.workspace = workspace
    preview = try await workspace.controller().preview(goal)
    records = inScope(preview.stored.pipelines)
    nextSlots = Dictionary(
      preview.plan.decisions.compactMap { decision in decision.nextSlot.map { (decision.pipeline, $0) } },
      uniquingKeysWith: { first, _ in first })
    clock = SlotClock(records.map(\.applied), now: workspace.clock.now())
  }

  /// Whether it is managed, or at least runs: of one that was let go a run may go on.
  func isAlive(_ record: PipelineRecord) -> Bool {
    !record.isForgotten || preview.stored.runs(of: record.name).contains(where: \.isActive)
  }

  func record(_ name: PipelineName) -> PipelineRecord? { records.first { $0.name == name } }

  /// - Parameters:
  ///   - requestLimit: how many settled requests are wanted; those that are not settled are always there.
  ///   - slotLimit: how many outcomes of slots are wanted.
  func facts(
    of record: PipelineRecord, requestLimit: Int = 0, slotLimit: Int = 0
  ) throws(StoreError) -> PipelineFacts {
    let name = record.name
    let runs = preview.stored.runs(of: name)
    var lastEnded = runs.last { !$0.isActive }
    if lastEnded == nil, record.lastRunNumber > 0 { lastEnded = try endedRun(of: name) }
    return PipelineFacts(
      record: record, activeRun: runs.last(where: \.isActive), lastEnded: lastEnded,
      requests: try requests(of: name, limit: requestLimit),
      openIntent: preview.stored.intents.first { $0.operation.pipeline == name },
      unavailable: unavailability(of: record), nextSlot: nextSlot(of: record),
      slots: try slots(of: record, limit: slotLimit),
      decision: preview.plan.decisions.found(name, by: \.pipeline)?.reason, now: now, lookedAt: preview.lookedAt)
  }

  private func slots(of record: PipelineRecord, limit: Int) throws(StoreError) -> ScheduleFacts {
    let progress = preview.stored.schedule(of: record.name)
    var facts = ScheduleFacts(
      settledUntil: progress?.settledUntil, waiting: progress?.waiting ?? [], controller: controller, clock: clock)
    guard limit > 0 else { return facts }
    facts.latest = try workspace.store.slots(of: record.name, limit: limit)
    let since = max(progress?.settledUntil ?? record.scheduledSince, record.scheduledSince)
    let known = clock.count(after: since, through: now, of: record.name, limit: 1000)
    facts.undecided = known ?? (record.applied.spec.schedule.slots == nil ? 0 : 1000)
    return facts
  }

  private func endedRun(of name: PipelineName) throws(StoreError) -> RunRecord? {
    try workspace.store.runs(of: name, limit: 5).first { !$0.isActive }
  }

  /// Those that are not settled, and the latest others; newest first.
  private func requests(of name: PipelineName, limit: Int) throws(StoreError) -> [RequestRecord] {
    let open = preview.stored.requests(of: name)
    let recent = try limit == 0 ? [] : workspace.store.requests(of: name, limit: limit)
    let current = recent.map { request in open.first { $0.key == request.key } ?? request }
    let others = open.filter { request in !current.contains { $0.key == request.key } }
    return (current + others).sorted { ($1.recordedAt, $1.key) < ($0.recordedAt, $0.key) }
  }

  private func unavailability(of record: PipelineRecord) -> String? {
    preview.engines.first { $0.engine == record.applied.spec.engine.name }?.silence(on: record.name)
  }

  private func nextSlot(of record: PipelineRecord) -> SlotView? {
    nextSlots[record.name].map { clock.view($0, of: record.name) }
  }

  /// Runs of a pipeline as they are now, newest first.
  func runs(of name: PipelineName, limit: Int) throws(StoreError) -> [RunRecord] {
    try workspace.store.runs(of: name, limit: limit).map(current)
  }

  func run(_ id: RunID) throws(StoreError) -> RunRecord? {
    try workspace.store.run(id).map(current)
  }

  /// With what its engine says just now.
  private func current(_ run: RunRecord) -> RunRecord {
    preview.stored.runs.first { $0.id == run.id } ?? run
  }

  /// The views of runs, with who asked for each.
  func views(of runs: [RunRecord]) throws(StoreError) -> [RunView] {
    var views: [RunView] = []
    for run in runs { views.append(RunView(run, request: try request(of: run))) }
    return views
  }

  private func request(of run: RunRecord) throws(StoreError) -> RequestRecord? {
    guard case .request(let id) = run.order.trigger else { return nil }
    let key = RequestKey(run.id.pipeline, id)
    let query = StoreQuery(pipelines: [key.pipeline], requests: [key])
    return try workspace.store.load(query).requests.first { $0.key == key }
  }
}

extension Workspace {
  /// How many runs the controller that serves the folder may have; one that does not answer at once is not waited for.
  fileprivate var controllersLimit: Int? {
    let greeting = try? ControlClient(ControlSocket(stateFolder: folder)).greeting(within: 1000)
    return greeting?.maxConcurrentRuns
  }

  /// A pipeline by its name, one that was let go too.
  func anyPipeline(_ name: String) throws -> PipelineRecord {
    let records = try store.load(StoreQuery(pipelines: [PipelineName(name)])).pipelines
    return try records.first ?? pipeline(name)
  }

  /// A run by its id.
  func runID(_ text: String) throws(CommandEnd) -> RunID {
    guard let id = RunID(text) else {
      throw .failed("`\(text)` is no run: a run's id is its pipeline's name, a dot and a number, like `orders.17`")
    }
    return id
  }
}

/// What a missing run is answered with.
func noSuchRun(_ id: RunID) -> CommandEnd {
  .failed("there is no run \(id) in this state folder; `pipectl history \(id.pipeline)` lists those of its pipeline")
}
