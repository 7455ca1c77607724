import PipelineModel

/// Pipelines are what a load reads most of, and to ask for their members one by one, by way of the decoder, is what it spends most on: they
/// are read straight off the tape. Where there is a member that is not known here, or one is missing, it is left to the decoder, which
/// says why.
extension JSONTape {
  /// A value of one of the types that are read like that; nil where it is left to the decoder.
  func readOff<Value>(_ type: Value.Type, at index: Int) -> Value? {
    if type == PipelineRecord.self { return (try? record(at: index)) as? Value }
    if type == Boxed<PipelineSpec>.self { return (try? spec(at: index)).map(Boxed.init(wrappedValue:)) as? Value }
    if type == Work.self { return work(at: index) as? Value }
    if type == ScheduleSetting.self { return (try? slots(at: index)) as? Value }
    if type == [ConfigEntry].self { return settings(at: index) as? Value }
    return nil
  }

  private func record(at index: Int) throws -> PipelineRecord? {
    guard var members = MembersInTurn(self, index),
      let applied = try members.take("applied").flatMap({ try desired(at: $0) }),
      let appliedAt = members.instant("appliedAt"),
      let createdAt = members.instant("createdAt"),
      let generation = members.number("generation")
    else { return nil }
    let held = try members.value("held", as: HeldRecord.self)
    guard let isHistoryPending = members.bool("isHistoryPending"),
      let lastRunNumber = members.number("lastRunNumber"),
      let lifecycle = try members.value("lifecycle", as: PipelineRecord.Lifecycle.self),
      let needsDiscovery = members.bool("needsDiscovery")
    else { return nil }
    let override = try members.value("override", as: PauseOverride.self)
    let resumedAt = members.instant("resumedAt")
    guard let scheduledSince = members.instant("scheduledSince"),
      let staleBookmarks = try members.value("staleBookmarks", as: BookmarkScope.self),
      let standingPause = try members.take("standingPause").map({ try pause(at: $0) }), members.areOver
    else { return nil }
    return PipelineRecord(
      applied: applied, generation: Int(generation), lifecycle: lifecycle, createdAt: createdAt, appliedAt: appliedAt,
      lastRunNumber: Int(lastRunNumber), standingPause: standingPause, override: override,
      scheduledSince: scheduledSince, resumedAt: resumedAt, isHistoryPending: isHistoryPending,
      staleBookmarks: staleBookmarks, needsDiscovery: needsDiscovery, held: held)
  }

  private func desired(at index: Int) throws -> DesiredPipeline? {
    guard var members = MembersInTurn(self, index), let isProtected = members.bool("isProtected"),
      let labels = try members.value("labels", as: [DesiredPipeline.Label].self), let name = members.text("name"),
      let sourceSet = try members.value("sourceSet", as: SourceSet.self),
      let spec = try members.value("spec", as: Boxed<PipelineSpec>.self), members.areOver
    else { return nil }
    return DesiredPipeline(
      name: PipelineName(name), labels: labels, isProtected: isProtected, sharing: spec, sourceSet: sourceSet)
  }

  private func spec(at index: Int) throws -> PipelineSpec? {
    guard var members = MembersInTurn(self, index),
      let allow = try members.take("allow").map({ isEmpty($0) ? [] : try value([AllowedEffect].self, at: $0) }),
      let engine = try members.take("engine").map({ try self.engine(at: $0) })
    else { return nil }
    let job = try members.value("job", as: JobRequest.self)
    guard let limits = members.take("limits").flatMap(limits), let mode = members.word("mode", as: RunMode.self),
      let paused = try members.take("paused").map({ try pause(at: $0) }),
      let pollInterval = members.span("pollInterval"), let retry = members.take("retry").flatMap(retry),
      let schedule = try members.value("schedule", as: ScheduleSetting.self)
    else { return nil }
    let selection = try members.value("selection", as: [StreamRule].self)
    let startsOnDemand = members.bool("startsOnDemand")
    guard let work = try members.value("work", as: Work.self), members.areOver else { return nil }
    return PipelineSpec(
      engine: engine, work: work, mode: mode, schedule: schedule, paused: paused, job: job, limits: limits,
      retry: retry, pollInterval: pollInterval, allow: allow, selection: selection, startsOnDemand: startsOnDemand)
  }

  private func engine(at index: Int) throws -> EngineSpec {
    guard var members = MembersInTurn(self, index), let runs = members.number("maxConcurrentRuns"),
      let name = members.text("name"), let type = members.text("type"), members.areOver
    else { return try value(EngineSpec.self, at: index) }
    return EngineSpec(name: EngineName(name), type: type, maxConcurrentRuns: Int(runs))
  }

  private func pause(at index: Int) throws -> PauseSetting {
    if isBareChoice(index, "unmanaged") { return .unmanaged }
    return isBareChoice(index, "active") ? .active : try value(PauseSetting.self, at: index)
  }

  private func limits(at index: Int) -> Limits? {
    guard var members = MembersInTurn(self, index), let grace = members.span("cancelGrace"),
      let drain = members.span("drainTimeout")
    else { return nil }
    let noProgress = members.span("noProgress")
    guard let action = members.word("noProgressAction", as: NoProgressAction.self) else { return nil }
    let timeout = members.span("runTimeout")
    guard members.areOver else { return nil }
    return Limits(
      runTimeout: timeout, noProgress: noProgress, noProgressAction: action, cancelGrace: grace, drainTimeout: drain)
  }

  private func retry(at index: Int) -> RetryPolicy? {
    guard var members = MembersInTurn(self, index), let attempts = members.number("attempts"),
      let backoff = members.span("backoff"), members.areOver
    else { return nil }
    return RetryPolicy(attempts: Int(attempts), backoff: backoff)
  }
}
