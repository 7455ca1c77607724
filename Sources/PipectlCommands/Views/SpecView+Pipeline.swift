import PipelineModel

extension SpecView {
  init(_ pipeline: DesiredPipeline) {
    let spec = pipeline.spec
    self.init(
      engine: EngineView(
        name: spec.engine.name.text, type: spec.engine.type, maxConcurrentRuns: spec.engine.maxConcurrentRuns),
      mode: spec.mode.rawValue, schedule: spec.schedule.slots.map(ScheduleView.init), paused: spec.paused.flag,
      job: spec.job.map(JobView.init), limits: LimitsView(spec.limits),
      retry: RetryView(attempts: spec.retry.attempts, backoff: spec.retry.backoff.description),
      pollInterval: spec.pollInterval.description, allow: spec.allow.map(\.rawValue))
    switch spec.work {
    case .remote(let id): remote = RemoteView(id: id)
    case .replication(let replication):
      // Worded once, where secrets are known to be hidden.
      let shown = fields(of: pipeline)
      source = ConnectionView(replication.source, at: "spec.source", shown)
      destination = ConnectionView(replication.destination, at: "spec.destination", shown)
      if case .only(let rules) = replication.streams { streams = rules.map(StreamView.init) }
    }
  }
}

extension SpecView.ConnectionView {
  init(_ connection: Connection, at path: String, _ shown: [SpecField]) {
    func entries(_ place: String) -> [String: String] {
      let prefix = path + place
      let inside = shown.filter { $0.path.hasPrefix(prefix + ".") || $0.path.hasPrefix(prefix + "[") }
      let pairs = inside.map { field in
        (String(field.path.dropFirst(prefix.count).trimmingPrefix(".")), field.text)
      }
      return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }
    self.init(
      name: connection.name, connector: connection.connector.sentence, config: entries(".config"),
      env: entries(".connector.env"))
  }
}

extension Connector {
  /// `builtin csv`, `singer tap-postgres`.
  var sentence: String {
    switch self {
    case .executable(let executable): "singer \(executable)"
    case .package(let requirement, let executable): "singer \(executable.map { $0 + " of " } ?? "")\(requirement)"
    case .builtin(let name): "builtin \(name)"
    }
  }
}

extension SpecView.StreamView {
  init(_ rule: StreamRule) {
    self.init(name: rule.name, replication: rule.replication?.rawValue, key: rule.key, fields: rule.fields)
  }
}

extension SpecView.ScheduleView {
  init(_ schedule: Schedule) {
    self.init(
      timeZone: schedule.timeZone, missed: schedule.missed.word, startDeadline: schedule.startDeadline.description,
      overlap: schedule.overlap.rawValue, gap: schedule.transitions.gap.rawValue,
      fold: schedule.transitions.fold.rawValue)
    switch schedule.cadence {
    case .cron(let expression): cron = expression.text
    case .every(let span, let anchor): (every, self.anchor) = (span.description, anchor?.description)
    }
  }

  /// `0 6 * * * Europe/Berlin`, `every 30m`.
  var sentence: String { cron.map { "\($0) \(timeZone)" } ?? "every \(every ?? "")" }
}

extension SpecView.JobView {
  init(_ job: JobRequest) {
    self.init(
      request: job.request.text, action: job.action.verb, reason: job.reason, expireAfter: job.expireAfter?.description)
    guard case .start(let options) = job.action else { return }
    mode = options.mode?.rawValue
    ifRunning = options.ifRunning.rawValue
    dropDestinationFirst = options.dropDestinationFirst
  }
}

extension SpecView.LimitsView {
  init(_ limits: Limits) {
    self.init(
      runTimeout: limits.runTimeout?.description, noProgress: limits.noProgress?.description,
      cancelGrace: limits.cancelGrace.description, drainTimeout: limits.drainTimeout.description)
  }
}

extension PauseSetting {
  fileprivate var flag: Bool? {
    switch self {
    case .unmanaged: nil
    case .active: false
    case .paused: true
    }
  }
}

extension MissedPolicy {
  var word: String {
    switch self {
    case .skip: "skip"
    case .runOnce: "run-once"
    case .runAll(let limit): "runAll: \(limit)"
    }
  }
}
