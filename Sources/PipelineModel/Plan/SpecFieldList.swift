/// The fields of a pipeline while they are gathered.
struct SpecFieldList {
  private var gathered: [(path: String, shown: ShownValue)] = []

  init(of pipeline: DesiredPipeline) {
    for label in pipeline.labels {
      add("metadata.labels" + pathStep(label.key), scalarText(label.value))
    }
    add("metadata.protected", pipeline.isProtected)
    add(pipeline.spec)
  }

  var sorted: [(path: String, shown: ShownValue)] {
    gathered.sorted { $0.path < $1.path }
  }

  private mutating func add(_ path: String, _ text: String?) {
    guard let text else { return }
    gathered.append((path, ShownValue(text)))
  }

  private mutating func add(_ path: String, _ bool: Bool) { add(path, bool ? "true" : "false") }

  private mutating func add(_ spec: PipelineSpec) {
    add("spec.engine", scalarText(spec.engine.name.text))
    add("spec.engine.type", scalarText(spec.engine.type))
    add("spec.engine.maxConcurrentRuns", String(spec.engine.maxConcurrentRuns))
    add("spec.engine.baseURL", spec.engine.connection.map { scalarText($0.baseURL) })
    for credential in spec.engine.connection?.credentials ?? [] {
      add("spec.engine.credentials", ConfigEntry(credential.name, .secret(credential.secret)))
    }
    add(spec.work)
    add("spec.mode", spec.mode.rawValue)
    add(spec.schedule)
    add("spec.paused", pausedText(spec.paused))
    add(spec.job)
    add("spec.limits.runTimeout", spec.limits.runTimeout?.description)
    add("spec.limits.noProgress", noProgressText(spec.limits))
    add("spec.limits.cancelGrace", spec.limits.cancelGrace.description)
    add("spec.limits.drainTimeout", spec.limits.drainTimeout.description)
    add("spec.retry.attempts", String(spec.retry.attempts))
    add("spec.retry.backoff", spec.retry.backoff.description)
    add("spec.pollInterval", spec.pollInterval.description)
    add("spec.allow", spec.allow.isEmpty ? nil : listText(spec.allow.map(\.rawValue)))
  }
}

extension SpecFieldList {
  private mutating func add(_ work: Work) {
    switch work {
    case .remote(let id):
      add("spec.remote.id", scalarText(id))
    case .command(let job):
      add(job)
    case .migration(let migration):
      add(migration)
    case .replication(let replication):
      add("spec.source", replication.source)
      add("spec.destination", replication.destination)
      add(replication.streams)
    }
  }

  private mutating func add(_ job: CommandJob) {
    gathered.append(("spec.command.argv", ShownValue(argumentsOf: job)))
    for entry in job.environment { add("spec.command.env", entry) }
    add("spec.command.workingDirectory", job.workingDirectory.map(scalarText))
    add("spec.command.capabilities.modes", listText(job.capabilities.modes.map(\.rawValue)))
    add("spec.command.capabilities.complete", job.capabilities.canComplete)
    add("spec.command.capabilities.dropDestinationFirst", job.capabilities.canDropDestinationFirst)
  }

  private mutating func add(_ migration: Migration) {
    add("spec.migration.project", scalarText(migration.project))
    for entry in migration.source.settings { add("spec.migration.source", entry) }
    add("spec.migration.destination", ConfigEntry("connectionString", .secret(migration.destination)))
    for filter in migration.filters {
      let path = "spec.migration.filters[\(scalarText("\(filter.schema).\(filter.table)"))]"
      add(path + ".where", filter.condition.map(scalarText))
      add(path + ".rows", filter.rows.map { String($0) })
    }
    add("spec.migration.onError", migration.onError.rawValue)
    add("spec.migration.errorTolerance", migration.errorTolerance.map { String($0) })
    add("spec.migration.verify", migration.verifies)
  }

  private mutating func add(_ path: String, _ connection: Connection) {
    add(path, connection.name.map(scalarText))
    add(path + ".connector", connection.connector)
    switch connection.catalogArgument {
    case .catalog: break
    case .properties: add(path + ".connector.catalogArgument", connection.catalogArgument.rawValue)
    }
    add(path + ".connector.capabilities", connection.capabilities)
    for entry in connection.environment { add(path + ".connector.env", entry) }
    for entry in connection.config { add(path + ".config", entry) }
  }

  private mutating func add(_ path: String, _ capabilities: ConnectorCapabilities) {
    let stated = [
      ("discovery", capabilities.discovery), ("state", capabilities.state), ("logBased", capabilities.logBased),
    ]
    for (key, value) in stated { add("\(path).\(key)", value.map { $0 ? "true" : "false" }) }
  }

  private mutating func add(_ path: String, _ connector: Connector) {
    switch connector {
    case .executable(let executable):
      add(path + ".type", "singer")
      add(path + ".executable", scalarText(executable))
    case .package(let requirement, let executable):
      add(path + ".type", "singer")
      add(path + ".package", scalarText(requirement))
      add(path + ".executable", executable.map(scalarText))
    case .builtin(let name):
      add(path + ".type", "builtin")
      add(path + ".name", scalarText(name))
    }
  }

  /// A setting, object by object down to what is none; a key above it may have named a secret.
  private mutating func add(_ path: String, _ entry: ConfigEntry, isHidden: Bool = false) {
    let place = path + pathStep(entry.key)
    let isHidden = isHidden || namesSecret(entry.key)
    if case .object(let entries) = entry.value, !entries.isEmpty {
      for inner in entries { add(place, inner, isHidden: isHidden) }
    } else {
      gathered.append((place, ShownValue(entry.value, isHidden: isHidden)))
    }
  }

  private mutating func add(_ streams: StreamSelection) {
    guard case .only(let rules) = streams else { return }
    add("spec.streams", listText(rules.map(\.name)))
    for rule in rules {
      let path = "spec.streams[\(scalarText(rule.name))]"
      add(path + ".replication", rule.replication?.rawValue)
      add(path + ".key", rule.key.map(scalarText))
      add(path + ".fields", rule.fields.map(listText))
    }
  }
}

extension SpecFieldList {
  private mutating func add(_ setting: ScheduleSetting) {
    switch setting {
    case .unmanaged: break
    case .none: add("spec.schedule", "null")
    case .slots(let schedule): add(schedule)
    }
  }

  private mutating func add(_ schedule: Schedule) {
    switch schedule.cadence {
    case .cron(let expression):
      add("spec.schedule.cron", scalarText(expression.text))
    case .every(let span, let anchor):
      add("spec.schedule.every", span.description)
      add("spec.schedule.anchor", anchor?.description)
    }
    add("spec.schedule.timeZone", scalarText(schedule.timeZone))
    add("spec.schedule.missed", missedText(schedule.missed))
    add("spec.schedule.startDeadline", schedule.startDeadline.description)
    add("spec.schedule.overlap", schedule.overlap.rawValue)
    add("spec.schedule.dst.gap", schedule.transitions.gap.rawValue)
    add("spec.schedule.dst.fold", schedule.transitions.fold.rawValue)
  }

  private func missedText(_ policy: MissedPolicy) -> String {
    switch policy {
    case .skip: "skip"
    case .runOnce: "run-once"
    case .runAll(let limit): objectText([("runAll", String(limit))])
    }
  }

  private func noProgressText(_ limits: Limits) -> String? {
    guard let limit = limits.noProgress else { return nil }
    switch limits.noProgressAction {
    case .cancel: return limit.description
    case .alert, .pause:
      return objectText([("after", limit.description), ("action", limits.noProgressAction.rawValue)])
    }
  }

  private func pausedText(_ setting: PauseSetting) -> String? {
    switch setting {
    case .unmanaged: return nil
    case .active: return "false"
    case .paused(let details) where details == PauseDetails(): return "true"
    case .paused(let details):
      return objectText([
        ("reason", details.reason.map(scalarText)), ("by", details.by.map(scalarText)),
        ("until", details.until?.description), ("cancelRun", details.cancelsRun.map { "\($0)" }),
      ])
    }
  }

  private mutating func add(_ job: JobRequest?) {
    guard let job else { return }
    add("spec.job.request", scalarText(job.request.text))
    add("spec.job.action", job.action.verb)
    if case .start(let options) = job.action {
      add("spec.job.mode", options.mode?.rawValue)
      add("spec.job.ifRunning", options.ifRunning.rawValue)
      add("spec.job.dropDestinationFirst", options.dropDestinationFirst)
    }
    add("spec.job.reason", job.reason.map(scalarText))
    add("spec.job.expireAfter", job.expireAfter?.description)
  }
}
