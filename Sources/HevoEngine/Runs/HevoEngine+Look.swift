public import EngineAPI
internal import EngineHTTP
public import PipelineModel

extension HevoEngine {
  public func observe() async -> EngineObservation { await look().observation }

  public func look() async -> EngineLook { await look(at: []) }

  /// The pipelines in pages of a hundred; then the jobs of those where a run is under way, and of others in turn.
  public func look(at pipelines: [PipelineRecord]) async -> EngineLook {
    let found: RowList<HevoPipeline>
    let before = service.calls.callsMade
    do throws(CallFailure) {
      found = try await service.pipelines()
    } catch {
      return EngineLook(.unavailable(error.message, at: service.ownNow()))
    }
    do throws(EngineError) {
      if !isReadOnly { try budget.note(service.calls.callsMade - before, at: service.ownNow()) }
      var survey = HevoSurvey(try receipts.all(), patience: patience)
      let existing = Set(found.rows.filter { $0.position != .gone }.map(\.id) + found.odd.compactMap(\.id))
      try await survey.bringUpToDate(by: self, units: units(pipelines), existing: existing)
      let tellings = survey.receipts.compactMap { $0.telling(at: service.now(), patience: patience) }
      return EngineLook(
        .complete(of: tellings, at: service.ownNow()), held: definitions(found, unread: survey.unread))
    } catch {
      return EngineLook(.unavailable(error.message, at: service.ownNow()))
    }
  }

  /// One whose jobs cannot be read is as good as unread itself.
  private func definitions(_ found: RowList<HevoPipeline>, unread: [String: String]) -> [HeldDefinition] {
    let odd = found.odd.compactMap { row in row.id.map { HeldDefinition(unread: $0, "pipeline \($0): \(row.words)") } }
    let read = found.rows.compactMap { pipeline -> HeldDefinition? in
      var definition = HeldDefinition(pipeline)
      definition?.unread = unread[pipeline.id]
      return definition
    }
    return odd + read
  }

  /// By Hevo's id; of several that stand for the same one the first by name.
  private func units(_ pipelines: [PipelineRecord]) -> [String: HevoUnit] {
    var units: [String: HevoUnit] = [:]
    for record in pipelines.sorted(by: { $0.name < $1.name }) where !record.isForgotten {
      guard case .remote(let id) = record.applied.spec.work, units[id] == nil else { continue }
      units[id] = HevoUnit(record)
    }
    return units
  }

  /// Reads the jobs of one pipeline, and what of older ones is still open; keeps what has changed.
  func readJobs(
    of id: String, for unit: HevoUnit?, into survey: inout HevoSurvey
  ) async throws(LookFailure) -> HevoJobs {
    let roll = try asking { () throws(EngineError) in try rolls.all()[id] }
    let marks =
      survey.open(id).compactMap { $0.job?.createdAt ?? $0.ask?.before.newest } + [roll?.since].compactMap { $0 }
    let jobs = try await listed(id, since: marks.min(), awaited: survey.open(id).compactMap(\.job?.id))
    let now = service.now()
    survey.follow(jobs, of: id, at: now)
    if let unit { survey.adopt(jobs, of: id, for: unit, since: roll?.since, at: now) }
    await nameStreams(of: id, &survey)
    try asking { () throws(EngineError) in try keep(survey, of: id) }
    try forget(&survey, of: id, before: roll)
    try note(jobs, of: id, roll, isAdopted: unit != nil, survey)
    return jobs
  }

  private func listed(
    _ id: String, since: Timestamp?, awaited: [String]
  ) async throws(LookFailure) -> HevoJobs {
    var jobs: HevoJobs
    do throws(CallFailure) { jobs = try await service.jobs(of: id, since: since) } catch { throw .call(error) }
    for job in awaited where jobs.job(job) == nil {
      do throws(CallFailure) {
        jobs = jobs.adding(try await service.job(job, of: id))
      } catch {
        guard error.answer?.status == 404 else { throw .call(error) }
        jobs.missing.insert(job)
      }
    }
    return jobs
  }

  /// What each object of a run has loaded, once it is over; what Hevo does not tell is left out, and so is what more runs have loaded than are
  /// over at once where somebody looks now and then.
  private func nameStreams(of id: String, _ survey: inout HevoSurvey) async {
    let ended = survey.receipts.filter { receipt in
      receipt.pipeline == id && survey.changed.contains(receipt.run) && receipt.end?.streams.isEmpty == true
    }
    for var receipt in ended.suffix(Self.namedAtOnce) {
      guard let job = receipt.job, job.isLoading else { continue }
      let objects: [HevoJobObject]
      do throws(CallFailure) { objects = try await service.objects(of: job.id, of: id) } catch { continue }
      let streams = objects.compactMap { object in
        object.name.map { StreamReport(name: $0, records: object.eventsLoaded, bytes: nil) }
      }
      receipt.end?.streams = streams.sorted { $0.name < $1.name }
      survey.put(receipt)
    }
  }

  /// Each of them is a call.
  private static let namedAtOnce = 5

  /// Keeps what has changed of the runs of a pipeline.
  func keep(_ survey: HevoSurvey, of id: String) throws(EngineError) {
    guard !isReadOnly else { return }
    for receipt in survey.receipts where receipt.pipeline == id && survey.changed.contains(receipt.run) {
      try receipts.keep(receipt)
    }
  }

  /// What could not be forgotten when it was retired.
  private func forget(_ survey: inout HevoSurvey, of id: String, before roll: HevoRoll?) throws(LookFailure) {
    guard !isReadOnly, let roll else { return }
    for run in survey.forget(of: id, before: roll.since) {
      try asking { () throws(EngineError) in try receipts.remove(run) }
    }
  }

  /// Notes the look, and moves the roll up to the first job of which something may yet come; a start that seeks its job keeps it where it is.
  private func note(
    _ jobs: HevoJobs, of id: String, _ roll: HevoRoll?, isAdopted: Bool, _ survey: HevoSurvey
  ) throws(LookFailure) {
    guard !isReadOnly else { return }
    guard isAdopted, !survey.open(id).contains(where: \.seeksJob) else {
      return try keep(roll.map { HevoRoll(since: $0.since, lookedAt: service.ownNow()) }, of: id, over: roll)
    }
    let firstOpen = jobs.firstOpen(at: service.now(), patience)?.createdAt
    let limit = firstOpen.map { Timestamp(milliseconds: $0.milliseconds - 1) } ?? jobs.rows.last?.createdAt
    let since = max(roll?.since ?? limit ?? service.now(), limit ?? roll?.since ?? service.now())
    try keep(HevoRoll(since: since, lookedAt: service.ownNow()), of: id, over: roll)
  }

  /// A look is not worth a write as long as the one before is not old.
  private func keep(_ next: HevoRoll?, of id: String, over roll: HevoRoll?) throws(LookFailure) {
    guard let next else { return }
    if let roll, roll.since == next.since, next.lookedAt - roll.lookedAt < TimeSpan(seconds: 15) { return }
    try asking { () throws(EngineError) in try rolls.keep(next, of: id) }
  }

  /// What the state folder is asked for.
  func asking<Value>(_ body: () throws(EngineError) -> Value) throws(LookFailure) -> Value {
    do throws(EngineError) { return try body() } catch { throw .engine(error) }
  }
}
