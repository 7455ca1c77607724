import PipelineModel
import SeededRandom

/// A job of a service, as it really is.
struct ServiceJob: Sendable {
  let id: Int
  /// Named after the run that it was asked for, or that it will be called by once it is found.
  var run: ModelRun
  /// When it stands in lists.
  var listedAt: Timestamp
  /// When its extraction ends, where that is not the end of it.
  var extractedAt: Timestamp?
  /// How soon after it the unit's own schedule begins another one; absent where it does not.
  var followed: TimeSpan?

  var unit: PipelineName { run.order.run.pipeline }

  /// When the unit's schedule begins a job behind it.
  var followedAt: Timestamp? {
    guard let followed, let end = extractedAt ?? run.endedAt else { return nil }
    return end + followed
  }

  /// Whether it keeps another job from beginning.
  func isInTheWay(at now: Timestamp) -> Bool {
    run.isActive && extractedAt.map { now < $0 } ?? true
  }
}

extension SplitMix64 {
  /// What a new job is going to do if nobody stops it.
  mutating func job(_ id: Int, of order: StartOrder, at kind: ServiceKind, isForeign: Bool, from now: Timestamp)
    -> ServiceJob
  {
    var run = ModelRun(
      order: order, attempt: order.attempt, startedAt: now, status: .active(.extract), isForeign: isForeign)
    var listedAt = now
    var extractedAt: Timestamp?
    switch kind {
    case .stitch:
      let end = now + TimeSpan(seconds: Int64(chance(40) ? int(1...15) : int(1...300)))
      extractedAt = end
      run.future = [
        .init(at: end, step: .reach(.active(.load))),
        .init(at: end + TimeSpan(seconds: Int64(int(0...90))), step: .reach(.ended(outcome()))),
      ]
    case .hevo:
      listedAt = now + TimeSpan(seconds: Int64(int(0...15)))
      let guarded = now + TimeSpan(seconds: Int64(chance(30) ? int(1...40) : 0))
      if guarded > now { run.status = .active(.discover) }
      run.future = [
        .init(at: guarded, step: .reach(.active(.extract))),
        .init(
          at: guarded + TimeSpan(seconds: Int64(chance(40) ? int(1...15) : int(1...200))),
          step: .reach(.ended(outcome()))),
      ]
    case .migrator: run = migration(run, from: now)
    }
    run.advance(to: now)
    let isFollowed = kind.holdsDefinitions && !isForeign && chance(40)
    return ServiceJob(
      id: id, run: run, listedAt: listedAt, extractedAt: extractedAt,
      followed: isFollowed ? TimeSpan(seconds: Int64(chance(60) ? 0 : int(1...20))) : nil)
  }

  private mutating func migration(_ begun: ModelRun, from now: Timestamp) -> ModelRun {
    var run = begun
    run.status = .active(.snapshot)
    let copied = now + TimeSpan(seconds: Int64(int(1...200)))
    guard run.order.mode == .continuous else {
      run.future = [.init(at: copied, step: .reach(.ended(outcome())))]
      return run
    }
    let failed = RunOutcome.failed(Failure(.engineFailed, "the job failed"))
    run.future = [
      .init(at: copied, step: .reach(.active(.cdc))),
      .init(at: copied + TimeSpan(seconds: Int64(int(60...900))), step: .reach(.ended(failed))),
    ]
    return run
  }

  private mutating func outcome() -> RunOutcome {
    chance(20) ? .failed(Failure(.tapFailed, "the job failed")) : .succeeded
  }

  /// What becomes of a job that somebody stops.
  mutating func stopping(_ job: ServiceJob, at kind: ServiceKind, _ now: Timestamp) -> ServiceJob {
    var job = job
    switch kind {
    case .stitch:
      guard let before = job.extractedAt, now < before else { return job }
      let end = min(before, now + TimeSpan(seconds: Int64(int(0...30))))
      job.extractedAt = end
      job.run.future = [
        .init(at: end, step: .reach(.active(.load))),
        .init(at: end + TimeSpan(seconds: Int64(int(0...60))), step: .reach(.ended(.cancelled))),
      ]
    case .hevo: job.run.future = cancelling(job.run, now)
    case .migrator:
      // The same call ends a snapshot as it is, and a capture well.
      let isCapturing = job.run.status == .active(.cdc)
      job.run.future = ending(job.run, .cancel, isCapturing ? .completed : .cancelled, from: now)
    }
    job.run.advance(to: now)
    return job
  }

  /// Guards run to their end first; now and then the job is faster than the cancel.
  private mutating func cancelling(_ run: ModelRun, _ now: Timestamp) -> [ModelRun.Moment] {
    if case .stopping = run.status { return run.future }
    let guarded = run.status == .active(.discover) ? run.future.first?.at ?? now : now
    return ending(run, .cancel, chance(10) ? .succeeded : .cancelled, from: guarded)
  }

  private mutating func ending(
    _ run: ModelRun, _ kind: StopKind, _ outcome: RunOutcome, from now: Timestamp
  ) -> [ModelRun.Moment] {
    if case .stopping = run.status { return run.future }
    let progress = StopProgress(kind: kind, step: .terminating, since: now)
    return [
      .init(at: now, step: .reach(.stopping(progress))),
      .init(at: now + TimeSpan(seconds: Int64(int(0...60))), step: .reach(.ended(outcome))),
    ]
  }
}
