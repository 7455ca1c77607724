import PipelineModel

extension HevoAccount {
  /// Lets everything happen that was due by then, in its order.
  mutating func settle(_ now: Timestamp) {
    for index in pipelines.indices {
      while let due = pipelines[index].due(by: now) { happen(due, to: index) }
    }
  }

  private mutating func happen(_ event: DueEvent, to index: Int) {
    switch event {
    case .jobEnds: pipelines[index].endJob()
    case .switched: pipelines[index].endSwitch(ready: habits.readyStatus)
    case .scheduleFires(let at):
      fire(index, at)
      pipelines[index].nextFire = pipelines[index].fire(after: at)
    }
  }

  /// A scheduled job that falls into another one is skipped; behind one that is being cancelled it is cancelled with it.
  private mutating func fire(_ index: Int, _ at: Timestamp) {
    switch pipelines[index].activeJob?.status {
    case nil: begin(index, at: at)
    case "CANCELLING"?: add(index, at: at, "CANCELLED")
    case _?: add(index, at: at, "SKIPPED")
    }
  }

  /// Starts a job of the kind whose turn it is.
  mutating func begin(_ index: Int, type: String? = nil, at now: Timestamp) {
    let pipeline = pipelines[index]
    let kind = type ?? (pipeline.isHistoryPending ? "HISTORICAL" : "INCREMENTAL")
    var job = HevoJobState(
      id: nextID(), type: kind, createdAt: now, updatedAt: now,
      guardEnds: now + (kind == "REFRESHER" ? pipeline.jobTakes : pipeline.refreshTakes),
      endsAt: now + pipeline.jobTakes,
      willBe: pipeline.jobEnds)
    job.schema = pipeline.sourceSchema
    pipelines[index].jobs.append(job)
  }

  /// A job that never ran.
  private mutating func add(_ index: Int, at now: Timestamp, _ status: String) {
    let job = HevoJobState(
      id: nextID(), type: "INCREMENTAL", status: status, createdAt: now, updatedAt: now, guardEnds: now, endsAt: now,
      willBe: status)
    pipelines[index].jobs.append(job)
  }

  private mutating func nextID() -> String {
    jobsStarted += 1
    let digits = String(jobsStarted)
    return "00000000-0000-4000-9000-" + String(repeating: "0", count: max(0, 12 - digits.count)) + digits
  }

  /// What guards the data is finished first, and a job that does nothing else ends as it would have.
  mutating func cancel(_ index: Int, job: Int, at now: Timestamp) {
    let state = pipelines[index].jobs[job]
    guard state.status == "IN_PROGRESS" else { return }
    pipelines[index].jobs[job].status = "CANCELLING"
    pipelines[index].jobs[job].updatedAt = now
    pipelines[index].jobs[job].endsAt = min(state.endsAt, max(now + habits.cancelTakes, state.guardEnds))
    if state.type != "REFRESHER" { pipelines[index].jobs[job].willBe = "CANCELLED" }
  }
}

private enum DueEvent {
  case jobEnds(Timestamp)
  case switched(Timestamp)
  case scheduleFires(Timestamp)

  var at: Timestamp {
    switch self {
    case .jobEnds(let at), .switched(let at), .scheduleFires(let at): at
    }
  }
}

extension HevoPipelineState {
  fileprivate func due(by now: Timestamp) -> DueEvent? {
    let events = [
      activeJob.map { DueEvent.jobEnds($0.endsAt) }, switchEnds.map { .switched($0) },
      firesSchedule && isReady ? nextFire.map { .scheduleFires($0) } : nil,
    ]
    return events.compactMap { $0 }.filter { $0.at <= now }.min { $0.at < $1.at }
  }

  fileprivate mutating func endJob() {
    guard let index = activeIndex else { return }
    let job = jobs[index]
    load(index, until: job.willBe == "CANCELLED" ? job.updatedAt : job.endsAt)
    jobs[index].status = job.willBe
    jobs[index].updatedAt = job.endsAt
    // What a cancelled job found is discarded.
    if job.willBe != "CANCELLED" { schema = job.schema }
    if job.readsHistory { isHistoryPending = job.willBe == "CANCELLED" || job.willBe == "FAILED" }
  }

  /// Objects are loaded one after the other, and the offset of each goes on when it is.
  private mutating func load(_ index: Int, until end: Timestamp) {
    guard !objects.isEmpty else {
      jobs[index].eventsLoaded = jobs[index].willBe == "CANCELLED" ? eventsPerJob / 4 : eventsPerJob
      return
    }
    let share = jobTakes.milliseconds / Int64(objects.count)
    for place in objects.indices {
      let due = jobs[index].createdAt + TimeSpan(milliseconds: share * Int64(place + 1))
      let new = due <= end ? objects[place].rows - objects[place].offset : 0
      objects[place].offset += new
      jobs[index].loaded[objects[place].name] = new
    }
    jobs[index].eventsLoaded = jobs[index].loaded.values.reduce(0, +)
  }

  fileprivate mutating func endSwitch(ready: String) {
    status = status == "DISABLING" ? "DISABLED" : ready
    if isReady, let at = switchEnds { nextFire = fire(after: at) }
    switchEnds = nil
  }

  func fire(after instant: Timestamp) -> Timestamp? {
    guard let frequency, frequency > 0 else { return nil }
    let step = Int64(frequency) * 60_000
    let steps = (instant.milliseconds - createdAt.milliseconds) / step + (instant < createdAt ? 0 : 1)
    return Timestamp(milliseconds: createdAt.milliseconds + steps * step)
  }
}
