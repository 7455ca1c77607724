import PipelineModel

extension StitchAccount {
  /// Lets everything happen that was due by then, in its order.
  mutating func settle(_ now: Timestamp) {
    for index in sources.indices {
      while let due = sources[index].due(by: now) { happen(due, to: index) }
    }
  }

  private mutating func happen(_ event: DueEvent, to index: Int) {
    switch event {
    case .jobEnds: sources[index].endJob()
    case .loadEnds(let at): sources[index].endLoad(at)
    case .scheduleFires(let at):
      if sources[index].job == nil { begin(index, at: at) }
      sources[index].nextFire = sources[index].fire(after: at)
    }
  }

  /// Starts a job, whose name it returns.
  @discardableResult
  mutating func begin(_ index: Int, at now: Timestamp) -> String {
    jobsStarted += 1
    let digits = String(jobsStarted)
    let serial = String(repeating: "0", count: max(0, 12 - digits.count)) + digits
    let name = "\(clientID).\(sources[index].id).sync.00000000-0000-4000-8000-\(serial)"
    sources[index].job = StitchJob(
      name: name, startedAt: now, endsAt: now + sources[index].jobTakes, exits: sources[index].jobEnds)
    return name
  }
}

private enum DueEvent {
  case jobEnds(Timestamp)
  case loadEnds(Timestamp)
  case scheduleFires(Timestamp)

  var at: Timestamp {
    switch self {
    case .jobEnds(let at), .loadEnds(let at), .scheduleFires(let at): at
    }
  }
}

extension StitchSourceState {
  fileprivate func due(by now: Timestamp) -> DueEvent? {
    let events = [
      job.map { DueEvent.jobEnds($0.endsAt) }, loading.min().map { .loadEnds($0) },
      isScheduled ? nextFire.map { .scheduleFires($0) } : nil,
    ]
    return events.compactMap { $0 }.filter { $0.at <= now }.min { $0.at < $1.at }
  }

  fileprivate mutating func endJob() {
    guard let job else { return }
    last = StitchExtractionState(jobName: job.name, startedAt: job.startedAt, completedAt: job.endsAt, exits: job.exits)
    if let loadTakes { loading.append(job.endsAt + loadTakes) }
    self.job = nil
  }

  fileprivate mutating func endLoad(_ at: Timestamp) {
    loading.removeAll { $0 <= at }
    for index in streams.indices where streams[index].isSelected != false && !streams[index].loadError {
      streams[index].lastLoad = at
    }
  }

  private var isScheduled: Bool { firesSchedule && pausedAt == nil && systemPausedAt == nil && deletedAt == nil }

  /// The first instant of the schedule after that one; a cron expression is not evaluated here.
  func fire(after instant: Timestamp) -> Timestamp? {
    guard properties["cron_expression"] ?? nil == nil,
      let minutes = (properties["frequency_in_minutes"] ?? nil).flatMap({ Int64($0) }),
      minutes > 0
    else { return nil }
    let step = minutes * 60_000
    let anchor = (properties["anchor_time"] ?? nil).flatMap { Timestamp(rfc3339: $0) } ?? createdAt
    let steps = (instant.milliseconds - anchor.milliseconds) / step + (instant < anchor ? 0 : 1)
    return Timestamp(milliseconds: anchor.milliseconds + steps * step)
  }
}
