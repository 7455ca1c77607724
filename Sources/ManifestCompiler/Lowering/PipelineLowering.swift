import PipelineModel

/// Turns a pipeline without mistakes into the model.
struct PipelineLowering {
  let spec: CheckedObject
  let engine: EngineSpec
  let capabilities: Capabilities
  let source: Reference?
  let destination: Reference?

  func pipelineSpec() throws(AlreadyReported) -> PipelineSpec {
    PipelineSpec(
      engine: engine,
      work: try work(),
      mode: try spec.require(PipelineFields.mode),
      schedule: try schedule(),
      paused: paused(),
      job: try spec[PipelineFields.job].map { job throws(AlreadyReported) in try lower(job: job) },
      limits: try lower(limits: try spec.require(PipelineFields.limits)),
      retry: try lower(retry: try spec.require(PipelineFields.retry)),
      pollInterval: try spec.require(PipelineFields.pollInterval),
      allow: (spec[PipelineFields.allow] ?? []).compactMap { $0.value.text.flatMap(AllowedEffect.init) }
        .sorted { $0.rawValue < $1.rawValue })
  }

  private func work() throws(AlreadyReported) -> Work {
    if let remote = spec[PipelineFields.remote] { return .remote(id: try remote.require(RemoteFields.id)) }
    if let command = spec[PipelineFields.command] { return .command(try lower(command: command)) }
    if let job = spec[PipelineFields.migration] { return .migration(try lower(migration: job)) }
    guard let source, let destination else { throw AlreadyReported() }
    return .replication(
      Replication(
        source: try lower(connection: source), destination: try lower(connection: destination), streams: try streams()))
  }

  private func streams() throws(AlreadyReported) -> StreamSelection {
    guard let rules = spec[PipelineFields.streams] else { return .all }
    return .only(try rules.map { rule throws(AlreadyReported) in try lower(stream: rule) })
  }

  private func lower(stream rule: Checked) throws(AlreadyReported) -> StreamRule {
    guard let stream = rule.value.object else { throw AlreadyReported() }
    return StreamRule(
      name: try stream.require(StreamFields.name),
      replication: stream[StreamFields.replication],
      key: stream[StreamFields.key],
      fields: stream[StreamFields.fields]?.compactMap(\.value.text))
  }

  private func paused() -> PauseSetting {
    switch spec[PipelineFields.paused] {
    case .bool(let isPaused)?: isPaused ? .paused(PauseDetails()) : .active
    case .object(let details)?:
      .paused(
        PauseDetails(
          reason: details[PausedFields.reason], by: details[PausedFields.by], until: details[PausedFields.until],
          cancelsRun: details[PausedFields.cancelRun]))
    default: .unmanaged
    }
  }

  private func lower(limits: CheckedObject) throws(AlreadyReported) -> Limits {
    let (noProgress, action) = try noProgress(of: limits)
    return Limits(
      runTimeout: limits[LimitsFields.runTimeout], noProgress: noProgress, noProgressAction: action,
      cancelGrace: try limits.require(LimitsFields.cancelGrace),
      drainTimeout: try limits.require(LimitsFields.drainTimeout))
  }

  private func noProgress(of limits: CheckedObject) throws(AlreadyReported) -> (TimeSpan?, NoProgressAction) {
    switch limits[LimitsFields.noProgress] {
    case .duration(let after)?: (after, .cancel)
    case .object(let limit)?:
      (try limit.require(NoProgressFields.after), try limit.require(NoProgressFields.action))
    default: (nil, .cancel)
    }
  }

  private func lower(retry: CheckedObject) throws(AlreadyReported) -> RetryPolicy {
    RetryPolicy(
      attempts: try retry.require(RetryFields.attempts),
      backoff: try retry.require(RetryFields.backoff))
  }
}
