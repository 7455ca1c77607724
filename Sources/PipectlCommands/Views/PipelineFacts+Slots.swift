import PipelineModel

/// What bears on the slots of a pipeline.
extension PipelineFacts {
  var slotFacts: [WhyView.Fact] {
    if record.applied.spec.work.isRemote { return [engineSchedule] }
    guard let schedule = record.applied.spec.schedule.slots else {
      return [
        WhyView.Fact(
          type: "NoSchedule", message: "it has no schedule: only requests start it", place: "schedule",
          help: "`pipectl start \(record.name)` starts it now")
      ]
    }
    return slots.waiting.map { waiting($0, schedule) } + [capacityFact].compactMap(\.self)
      + [undecidedFact(schedule), nextSlotFact(schedule), controllerFact].compactMap(\.self) + notRun
  }

  /// What the engine starts by itself.
  private var engineSchedule: WhyView.Fact {
    let engine = record.applied.spec.engine.name
    let declared = record.applied.spec.schedule.slots.map { SpecView.ScheduleView($0).sentence }
    let words = declared ?? record.held?.definition.schedule.words
    return WhyView.Fact(
      type: "EngineSchedule",
      message: words.map { "engine `\(engine)` keeps its schedule, \($0), and starts its jobs" }
        ?? "no schedule of it on engine `\(engine)` is known",
      place: declared == nil ? nil : "schedule", help: "`pipectl start \(record.name)` starts one now")
  }

  private func waiting(_ instant: Timestamp, _ schedule: Schedule) -> WhyView.Fact {
    let behind = activeRun.map { " for \($0.id) to end (`overlap: \(schedule.overlap.rawValue)`)" } ?? " for its turn"
    return WhyView.Fact(
      type: "SlotWaiting",
      message: "slot \(instant) waits\(behind); it is missed if it cannot start by \(instant + schedule.startDeadline)",
      at: instant.description, place: activeRun == nil ? "schedule.startDeadline" : "schedule.overlap",
      help: activeRun.map { "`pipectl stop \($0.id.pipeline)` cancels the run, and the slot with it" })
  }

  private var capacityFact: WhyView.Fact? {
    switch decision {
    case .engineAtCapacity(let engine, let limit):
      WhyView.Fact(
        type: "EngineAtCapacity", message: "engine `\(engine)` already runs its limit of \(limit)", place: "engine",
        help: "`pipectl get` shows what runs; `maxConcurrentRuns` of the engine is the limit")
    case .controllerAtCapacity(let limit):
      WhyView.Fact(
        type: "ControllerAtCapacity", message: "\(limit) runs are active, as many as the controller may have",
        help: "`pipectl get` shows what runs")
    case .changes, .upToDate, .paused, .runActive, .runStopping, .runUnconfirmed, .requestPending, .engineUnavailable,
      .intentOpen, .orphaned, .slotWaiting, .ownedElsewhere, nil:
      nil
    }
  }

  private func undecidedFact(_ schedule: Schedule) -> WhyView.Fact? {
    guard slots.undecided > 0, slots.controller == nil else { return nil }
    let count =
      slots.undecided == 1000
      ? "1,000 slots or more have" : slots.undecided == 1 ? "1 slot has" : "\(slots.undecided) slots have"
    return WhyView.Fact(
      type: "SlotsPassed",
      message:
        "\(count) passed with no controller; when one starts, \(schedule.missed.sentence), and those of a pause are left out",
      at: slots.settledUntil?.description, place: "schedule.missed",
      help: "`pipectl start \(record.name)` starts a run now")
  }

  private func nextSlotFact(_ schedule: Schedule) -> WhyView.Fact? {
    guard let nextSlot else {
      let sentence = SpecView.ScheduleView(schedule).sentence
      return pause == nil
        ? WhyView.Fact(type: "NoSlot", message: "schedule \(sentence) never comes again", place: "schedule") : nil
    }
    let local = nextSlot.local.map { " (\($0) \(nextSlot.timeZone))" } ?? ""
    let alone = slots.controller == nil ? " is not started by itself: no controller is running" : " starts a run"
    return WhyView.Fact(
      type: "NextSlot", message: "its next slot\(local)\(alone)", at: nextSlot.at, place: "schedule",
      help: "`pipectl start \(record.name)` starts it now")
  }

  private var controllerFact: WhyView.Fact? {
    slots.controller.map {
      WhyView.Fact(type: "Controller", message: "\($0) serves this state folder and starts slots")
    }
  }

  /// Those of the latest slots that did not run.
  private var notRun: [WhyView.Fact] {
    guard let clock = slots.clock else { return [] }
    let latest = slots.latest.filter { $0.outcome.word != "ran" }.prefix(3)
    return latest.map { slot in
      WhyView.Fact(
        type: "SlotNotRun", message: "slot \(SlotOutcomeView(slot, of: record, clock).title) \(slot.outcome.sentence)",
        at: slot.decidedAt.description, place: slot.outcome.field,
        help: slot == slots.latest.first ? "`pipectl history \(record.name) --slots` lists them all" : nil)
    }
  }
}

extension MissedPolicy {
  /// What becomes of slots that passed.
  fileprivate var sentence: String {
    switch self {
    case .skip: "they are left out (`missed: skip`)"
    case .runOnce: "the latest one runs (`missed: run-once`)"
    case .runAll(let limit): "the latest \(limit) run (`missed: {runAll: \(limit)}`)"
    }
  }
}

extension PauseOverride {
  /// `resumed by ann until …: why`.
  var sentence: String {
    (isPaused ? "paused" : "resumed") + PauseDetails(reason: reason, by: by, until: until).suffix
  }
}
