internal import EngineHTTP
internal import PipelineModel

/// The jobs of a pipeline that were listed, as far back as was asked for.
struct HevoJobs: Hashable, Sendable {
  /// By their creation, in whatever order they came.
  let rows: [HevoJob]
  /// Those that were asked for by their ids, and that Hevo has no more.
  var missing: Set<String> = []

  init(_ listed: [HevoJob]) {
    let known = Dictionary(
      listed.map { ($0.id, $0) },
      uniquingKeysWith: { first, second in
        first.updatedAt >= second.updatedAt ? first : second
      })
    rows = known.values.sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
  }

  func adding(_ job: HevoJob) -> HevoJobs {
    var more = HevoJobs(rows + [job])
    more.missing = missing
    return more
  }

  func job(_ id: String) -> HevoJob? { rows.first { $0.id == id } }

  /// Whether a later one was begun: there is one at a time, so this one is over.
  func areBeyond(_ job: HevoReceipt.Job) -> Bool {
    rows.contains { $0.createdAt > job.createdAt && $0.id != job.id && !$0.wasSkipped }
  }

  /// The first one of which something may yet come. A later one shows that one is over of which Hevo says nothing clear, and what was put off
  /// that long ago is not taken up again.
  func firstOpen(at now: Timestamp, _ patience: HevoPatience) -> HevoJob? {
    rows.first { job in
      if job.isActive { return true }
      let standing = HevoStanding(job.status)
      guard !standing.isOver, !areBeyond(HevoReceipt.Job(job)) else { return false }
      return standing != .deferred || now - job.updatedAt < patience.deferral
    }
  }

  /// The first one that a start may have begun, and that is nobody else's.
  func firstStarted(by ask: HevoReceipt.Ask, besides claimed: Set<String>) -> HevoJob? {
    rows.first { mayBe($0, of: ask) && !claimed.contains($0.id) }
  }

  /// Whether a start may have begun a job: it is newer, and of a kind that fits, as far as the kind tells.
  func mayBe(_ job: HevoJob, of ask: HevoReceipt.Ask) -> Bool {
    guard ask.answer != .refuted, ask.before.isBefore(job), !job.wasSkipped else { return false }
    guard case .known(let kind) = job.kind, !ask.manner.kinds.contains(kind) else { return true }
    // What was cut short is begun again, and may be called what it was.
    return ask.manner == .syncNow && job.readsHistory && upTo(ask.before).isHistoryUnfinished
  }

  private func upTo(_ mark: HevoMark) -> HevoJobs { HevoJobs(rows.filter { !mark.isBefore($0) }) }

  /// Whether the latest job cut the history short: then the next one begins it again by itself.
  var isHistoryUnfinished: Bool {
    guard let latest = rows.last(where: { !$0.wasSkipped && !$0.isRefresher }), latest.readsHistory else {
      return false
    }
    return latest.status == .known(.cancelled) || latest.status == .known(.failed)
  }

  /// The status of the latest job, where it is no newer than the mark and not over: put off, say, or in a word that nobody knew.
  func unfinished(upTo mark: HevoMark?) -> String? {
    guard let mark, let latest = rows.last(where: { !$0.wasSkipped }), !mark.isBefore(latest),
      !HevoStanding(latest.status).isOver
    else { return nil }
    return latest.status.word
  }

  /// Whether it came due behind one that was cancelled, and was cancelled with it.
  func wasBehindCancelled(_ job: HevoJob) -> Bool {
    guard job.status == .known(.cancelled) else { return false }
    return rows.contains { other in
      let isCancelled = other.status == .known(.cancelled) || other.status == .known(.cancelling)
      let lastsUntilThen = other.updatedAt >= job.createdAt || other.status == .known(.cancelling)
      return isCancelled && other.createdAt < job.createdAt && lastsUntilThen
    }
  }
}

extension HevoService {
  /// The latest jobs, and all that are as new as that instant; how lists are sorted is not promised.
  func jobs(of id: String, since: Timestamp?) async throws(CallFailure) -> HevoJobs {
    let listed = try await jobs(of: id) { rows in
      let instants = rows.map(\.createdAt)
      guard let first = instants.first, let last = instants.last, first > last else { return false }
      let isNewestFirst = zip(instants, instants.dropFirst()).allSatisfy { $0 >= $1 }
      return isNewestFirst && since.map { last < $0 } ?? true
    }
    return HevoJobs(listed)
  }
}
