import PipelineModel

extension SpecView {
  /// - Parameter showsWork: a table has no room for the two ends and their settings, and wording them is most of the work.
  init(_ spec: PipelineSpec, showsWork: Bool = true) {
    self.init(
      engine: spec.engine.name.text, mode: spec.mode.rawValue, schedule: ScheduleSettingView(spec.schedule),
      paused: PausedView(spec.paused), job: spec.job.map(JobView.init), limits: LimitsView(spec.limits),
      retry: RetryView(attempts: spec.retry.attempts, backoff: spec.retry.backoff.description),
      pollInterval: spec.pollInterval.description, allow: spec.allow.isEmpty ? nil : spec.allow.map(\.rawValue))
    guard showsWork else { return }
    switch spec.work {
    case .remote(let id): remote = RemoteView(id: manifestText(id))
    case .command(let job):
      command = CommandView(job)
      // A manifest of a command must not have them.
      pollInterval = nil
      limits.drainTimeout = nil
    case .migration(let job): migration = MigrationView(job)
    case .replication(let replication):
      source = ConnectionView(replication.source)
      destination = ConnectionView(replication.destination)
      if case .only(let rules) = replication.streams { streams = rules.map(StreamView.init) }
    }
  }
}

extension SpecView.ConnectionView {
  init(_ connection: Connection) {
    self.init(connector: SpecView.ConnectorView(connection.connector), config: SettingView.table(connection.config))
    connector.env = SettingView.table(connection.environment)
    switch connection.catalogArgument {
    case .catalog: break
    case .properties: connector.catalogArgument = connection.catalogArgument.rawValue
    }
    guard connection.capabilities != .unknown else { return }
    connector.capabilities = SpecView.ConnectorCapabilitiesView(
      discovery: connection.capabilities.discovery, state: connection.capabilities.state,
      logBased: connection.capabilities.logBased)
  }
}

extension SpecView.CommandView {
  init(_ job: CommandJob) {
    let hidden = SettingView.hiddenLiteral
    self.init(
      argv: job.arguments(hidingAs: hidden).map { $0 == hidden ? $0 : manifestText($0) },
      env: SettingView.table(job.environment), workingDirectory: job.workingDirectory.map(manifestText),
      capabilities: CapabilitiesView(
        modes: job.capabilities.modes.map(\.rawValue), complete: job.capabilities.canComplete,
        dropDestinationFirst: job.capabilities.canDropDestinationFirst))
  }
}

extension SpecView.CommandView.CapabilitiesView {
  /// What the command can be asked for.
  var sentence: String {
    listed(modes + (complete ? ["complete"] : []) + (dropDestinationFirst ? ["drop the destination first"] : []))
  }
}

extension SpecView.ConnectorView {
  init(_ connector: Connector) {
    switch connector {
    case .executable(let executable): self.init(type: "singer", executable: manifestText(executable))
    case .package(let requirement, let executable):
      self.init(type: "singer", package: manifestText(requirement), executable: executable.map { manifestText($0) })
    case .builtin(let name): self.init(type: "builtin", name: name)
    }
  }

  /// `builtin csv`, `singer tap-postgres`.
  var sentence: String {
    guard let package else { return "\(type) \(name ?? executable ?? "")" }
    return "\(type) \(executable.map { $0 + " of " } ?? "")\(package)"
  }
}

extension SpecView.StreamView {
  init(_ rule: StreamRule) {
    self.init(
      name: manifestText(rule.name), replication: rule.replication?.rawValue, key: rule.key.map(manifestText),
      fields: rule.fields?.map(manifestText))
  }
}

extension SpecView.JobView {
  init(_ job: JobRequest) {
    self.init(
      request: manifestText(job.request.text), action: job.action.verb, reason: job.reason.map(manifestText),
      expireAfter: job.expireAfter?.description)
    guard case .start(let options) = job.action else { return }
    mode = options.mode?.rawValue
    ifRunning = options.ifRunning.rawValue
    dropDestinationFirst = options.dropDestinationFirst
  }
}

extension SpecView.LimitsView {
  init(_ limits: Limits) {
    self.init(
      runTimeout: limits.runTimeout?.description, noProgress: SpecView.NoProgressView(limits),
      cancelGrace: limits.cancelGrace.description, drainTimeout: limits.drainTimeout.description)
  }
}

extension SpecView.NoProgressView {
  /// Nil where there is no limit.
  fileprivate init?(_ limits: Limits) {
    guard let limit = limits.noProgress else { return nil }
    switch limits.noProgressAction {
    case .cancel: self = .span(limit.description)
    case .alert, .pause:
      self = .details(Details(after: limit.description, action: limits.noProgressAction.rawValue))
    }
  }
}

extension SpecView.PausedView {
  /// Nil where the manifest does not say.
  init?(_ setting: PauseSetting) {
    switch setting {
    case .unmanaged: return nil
    case .active: self = .flag(false)
    case .paused(let details) where details == PauseDetails(): self = .flag(true)
    case .paused(let details):
      self = .details(
        Details(
          reason: details.reason.map(manifestText), by: details.by.map(manifestText),
          until: details.until?.description, cancelRun: details.cancelsRun))
    }
  }
}
