import PipelineModel

/// What became of a slot, or of every slot of a stretch.
struct SlotOutcomeView: Codable, Hashable {
  /// Names the slot; the last one of a stretch.
  var at: String
  /// On the clock of the schedule's zone; absent where that is UTC.
  var local: String?
  var timeZone: String
  /// Where set, the outcome is that of every slot after this instant, up to and including `at`.
  var since: String?
  /// How many slots a stretch has; absent for a single one, and where the schedule has changed since.
  var count: Int?
  /// Stable: `ran`, `skipped`, `missed`, `cancelled`.
  var outcome: String
  /// Stable: `policy`, `superseded`, `paused`, `overlap`, `unscheduled`, `deadline-passed`.
  var reason: String?
  /// The run that it started, that it was cancelled with, or that was in its way.
  var run: String?
  var message: String
  var decidedAt: String
}

extension SlotOutcomeView {
  init(_ record: SlotRecord, of pipeline: PipelineRecord, _ clock: SlotClock) {
    let slot = clock.view(record.instant, of: record.pipeline)
    let outcome = record.outcome
    self.init(
      at: slot.at, local: slot.local, timeZone: slot.timeZone, since: record.since?.description,
      outcome: outcome.word, reason: outcome.reason, run: outcome.run?.description, message: outcome.sentence,
      decidedAt: record.decidedAt.description)
    if let since = record.since, since >= pipeline.scheduledSince {
      count = clock.count(after: since, through: record.instant, of: record.pipeline)
    }
  }

  /// `2026-11-22T05:00:00Z`, or `12 slots from … to …`.
  var title: String {
    guard let since else { return at }
    return count.map { "\($0) slots after \(since), up to \(at)" } ?? "every slot after \(since), up to \(at)"
  }

  /// A table of outcomes.
  static func lines(_ slots: [SlotOutcomeView], indent: String = "", paint: Paint) -> [String] {
    let isUTC = slots.allSatisfy { $0.local == nil }
    var table = Table(["SLOT"] + (isUTC ? [] : ["LOCAL TIME"]) + ["OUTCOME", "RUN", "DECIDED", "WHY"])
    for slot in slots {
      let local = isUTC ? [] : [slot.local.map { "\($0) \(slot.timeZone)" } ?? ""]
      table.add([slot.title] + local + [slot.outcome, slot.run ?? "", slot.decidedAt, slot.message])
    }
    return table.lines(indent: indent, paint: paint)
  }
}

extension SlotOutcome {
  /// Stable, for machines.
  var word: String {
    switch self {
    case .ran: "ran"
    case .skipped: "skipped"
    case .missed: "missed"
    case .cancelled: "cancelled"
    }
  }

  /// Stable, for machines.
  var reason: String? {
    switch self {
    case .ran, .cancelled: nil
    case .missed(let miss): miss.rawValue
    case .skipped(.policy): "policy"
    case .skipped(.superseded): "superseded"
    case .skipped(.paused): "paused"
    case .skipped(.overlap): "overlap"
    case .skipped(.unscheduled): "unscheduled"
    }
  }

  var run: RunID? {
    switch self {
    case .ran(let run), .cancelled(let run): run
    case .skipped(.overlap(let run)): run
    case .skipped(.policy), .skipped(.superseded), .skipped(.paused), .skipped(.unscheduled), .missed: nil
    }
  }

  /// What happened, after the slot's name.
  var sentence: String {
    switch self {
    case .ran(let run): "ran as \(run)"
    case .cancelled(let run): "was cancelled together with \(run)"
    case .missed(.deadlinePassed): "was missed: `startDeadline` was over before it could start"
    case .skipped(.policy): "was skipped: nobody looked when it came, and `missed: skip` leaves such slots out"
    case .skipped(.superseded): "was skipped: a later slot took its place"
    case .skipped(.paused): "was skipped: the pipeline was paused"
    case .skipped(.overlap(let run)):
      "was skipped: " + (run.map { "\($0) was active" } ?? "another slot was waiting") + " (`overlap`)"
    case .skipped(.unscheduled): "was skipped: the schedule was taken away while it waited"
    }
  }

  /// The manifest's field that decided it.
  var field: String? {
    switch self {
    case .ran, .cancelled: nil
    case .missed: "schedule.startDeadline"
    case .skipped(.policy), .skipped(.superseded): "schedule.missed"
    case .skipped(.paused): "paused"
    case .skipped(.overlap): "schedule.overlap"
    case .skipped(.unscheduled): "schedule"
    }
  }
}
