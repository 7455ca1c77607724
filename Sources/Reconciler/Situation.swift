internal import PipelineModel
internal import Scheduling

/// Everything that is known of one pipeline when it is decided about; large, so that it is shared and not copied.
final class Situation {
  let name: PipelineName
  let desired: DesiredPipeline?
  let record: PipelineRecord?
  let activeRun: RunRecord?
  /// The one with the highest number, whether it is over or not.
  let latestRun: RunRecord?
  let openIntent: Intent?
  /// Oldest first.
  let requests: [RequestRecord]
  /// How far its slots are decided; absent before the first one.
  let progress: ScheduleProgress?
  let engines: [EngineName: EngineAvailability]
  let adopts: Bool
  /// Whether nobody can be asked.
  let isUnattended: Bool
  let zones: ZoneTable
  let now: Timestamp

  init(
    name: PipelineName, desired: DesiredPipeline?, record: PipelineRecord?, runs: [RunRecord], openIntent: Intent?,
    requests: [RequestRecord], progress: ScheduleProgress?, engines: [EngineName: EngineAvailability], adopts: Bool,
    isUnattended: Bool, zones: ZoneTable, now: Timestamp
  ) {
    self.name = name
    self.desired = desired
    self.record = record
    activeRun = runs.filter(\.isActive).max { $0.id < $1.id }
    latestRun = runs.max { $0.id < $1.id }
    self.openIntent = openIntent
    self.requests = requests
    self.progress = progress
    self.engines = engines
    self.adopts = adopts
    self.isUnattended = isUnattended
    self.zones = zones
    self.now = now
  }

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
    guard let record, !record.isForgotten, case .slots(let schedule) = record.applied.spec.schedule,
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
