import PipelineModel

extension PipelineLowering {
  func schedule() throws(AlreadyReported) -> ScheduleSetting {
    if spec.saysNull(PipelineFields.schedule) { return .none }
    guard let schedule = spec[PipelineFields.schedule] else {
      switch capabilities.scheduleOwner {
      case .pipectl: return .none
      case .engine: return .unmanaged
      }
    }
    return .slots(try lower(schedule: schedule))
  }

  private func lower(schedule: CheckedObject) throws(AlreadyReported) -> Schedule {
    Schedule(
      cadence: try cadence(of: schedule),
      timeZone: try schedule.require(ScheduleFields.timeZone),
      missed: try missed(of: schedule),
      startDeadline: try schedule.require(ScheduleFields.startDeadline),
      overlap: try schedule.require(ScheduleFields.overlap),
      transitions: try lower(transitions: try schedule.require(ScheduleFields.dst)))
  }

  private func cadence(of schedule: CheckedObject) throws(AlreadyReported) -> Cadence {
    if let cron = schedule[ScheduleFields.cron] { return .cron(cron) }
    return .every(try schedule.require(ScheduleFields.every), anchor: schedule[ScheduleFields.anchor])
  }

  private func missed(of schedule: CheckedObject) throws(AlreadyReported) -> MissedPolicy {
    switch try schedule.require(ScheduleFields.missed) {
    case .text("skip"): return .skip
    case .text("run-once"): return .runOnce
    case .object(let all): return .runAll(limit: try all.require(RunAllFields.runAll))
    default: throw AlreadyReported()
    }
  }

  private func lower(transitions: CheckedObject) throws(AlreadyReported) -> TransitionPolicy {
    TransitionPolicy(
      gap: try transitions.require(TransitionFields.gap),
      fold: try transitions.require(TransitionFields.fold))
  }
}
