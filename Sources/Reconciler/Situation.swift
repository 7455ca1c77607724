internal import PipelineModel
internal import Scheduling

/// Everything that is known of one pipeline when it is decided about.
struct Situation {
  let name: PipelineName
  let desired: DesiredPipeline?
  let record: PipelineRecord?
  /// The main one, where an engine has begun others beside it by itself.
  let activeRun: RunRecord?
  /// Sorted.
  let activeRuns: [RunRecord]
  /// The one with the highest number, whether it is over or not.
  let latestRun: RunRecord?
  let openIntent: Intent?
  /// Oldest first.
  let requests: [RequestRecord]
  /// How far its slots are decided; absent before the first one.
  let progress: ScheduleProgress?
  let engines: [EngineName: EngineAvailability]
  /// The definitions that engines hold, by engine and id.
  let held: [EngineName: [String: HeldDefinition]]
  let adopts: Bool
  let zones: ZoneTable
  let now: Timestamp

  /// Why an engine cannot be relied upon for this pipeline at this moment; an engine that was not asked counts as unavailable (law 7).
  func unavailability(of engine: EngineName) -> String? {
    guard let known = engines[engine] else { return "it was not asked" }
    return known.silence(on: name)
  }

  func request(_ id: RequestID) -> RequestRecord? {
    requests.first { $0.key.request == id }
  }

  /// Since when it waits for a run of its own, where it does: whoever has waited longest is served first.
  var waitsSince: Timestamp? {
    let pending = requests.first { request in
      if case .pending = request.state { true } else { false }
    }
    return [pending?.recordedAt, progress?.waiting.first].compactMap { $0 }.min()
  }

  /// The next instant at which the schedule wants a run; none while paused without an end.
  func nextSlot(of record: PipelineRecord?) -> Timestamp? {
    guard let record, !record.isForgotten, !record.applied.spec.work.isRemote,
      case .slots(let schedule) = record.applied.spec.schedule,
      let zone = zones[schedule.timeZone]
    else { return nil }
    var from = max(now, progress?.settledUntil ?? now)
    if let pause = record.pause(at: now) {
      guard let until = pause.until else { return nil }
      from = max(from, Timestamp(milliseconds: until.milliseconds - 1))
    }
    return Scheduling.nextSlot(after: from, of: schedule, in: zone)?.instant
  }
}
