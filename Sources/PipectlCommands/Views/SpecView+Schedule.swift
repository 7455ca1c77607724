import PipelineModel

extension SpecView.ScheduleSettingView {
  init(_ setting: ScheduleSetting) {
    switch setting {
    case .unmanaged: self = .unmanaged
    case .none: self = .none
    case .slots(let schedule): self = .slots(SpecView.ScheduleView(schedule))
    }
  }

  /// Nil where there are no slots.
  var sentence: String? {
    switch self {
    case .unmanaged, .none: nil
    case .slots(let schedule): schedule.sentence
    }
  }
}

extension SpecView.ScheduleView {
  init(_ schedule: Schedule) {
    self.init(
      missed: SpecView.MissedView(schedule.missed), startDeadline: schedule.startDeadline.description,
      overlap: schedule.overlap.rawValue)
    switch schedule.cadence {
    case .cron(let expression):
      cron = expression.text
      timeZone = schedule.timeZone
      dst = SpecView.TransitionView(
        gap: schedule.transitions.gap.rawValue, fold: schedule.transitions.fold.rawValue)
    case .every(let span, let anchor): (every, self.anchor) = (span.description, anchor?.description)
    }
  }

  /// `0 6 * * * Europe/Berlin`, `every 30m`.
  var sentence: String { cron.map { "\($0) \(timeZone ?? "UTC")" } ?? "every \(every ?? "")" }
}

extension SpecView.MissedView {
  init(_ policy: MissedPolicy) {
    switch policy {
    case .skip: self = .word("skip")
    case .runOnce: self = .word("run-once")
    case .runAll(let limit): self = .runAll(limit)
    }
  }
}
