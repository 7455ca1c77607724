import Diagnostics
import PipelineModel

/// What must hold for a schedule that an engine is to keep: the one that is asked for must be one that it has.
struct EngineScheduleRules {
  let spec: CheckedObject
  let capabilities: Capabilities

  private var able: ScheduleAbility { capabilities.schedules }

  var broken: [Diagnostic] {
    if spec.saysNull(PipelineFields.schedule), !able.canBeAbsent {
      return [refusal("always has a schedule", at: spec.range(of: PipelineFields.schedule), "`paused: true` stops it")]
    }
    guard let schedule = spec[PipelineFields.schedule] else { return [] }
    return step(of: schedule) + anchor(of: schedule) + cron(of: schedule)
  }

  private func step(of schedule: CheckedObject) -> [Diagnostic] {
    guard let step = schedule[ScheduleFields.every] else { return [] }
    let place = schedule.range(of: ScheduleFields.every)
    if let bounds = able.stepsWithin, !bounds.allow(step) {
      let help = "it has \(bounds.shortest) to \(bounds.longest), in steps of \(bounds.unit)"
      return [refusal("has no step of \(step)", at: place, help)]
    }
    guard let steps = able.steps, !steps.contains(step) else { return [] }
    return [refusal("has no step of \(step)", at: place, "it has \(oneOf(steps.map(\.description)))")]
  }

  private func anchor(of schedule: CheckedObject) -> [Diagnostic] {
    if !able.takesAnchor, schedule.says(ScheduleFields.anchor) {
      let place = schedule.keyRange(of: ScheduleFields.anchor)
      return [refusal("counts its steps by itself, and takes no anchor", at: place, "remove it")]
    }
    guard let least = able.anchoredFrom, let step = schedule[ScheduleFields.every], step < least,
      schedule.says(ScheduleFields.anchor)
    else { return [] }
    return [
      refusal(
        "takes an anchor only with a step of \(least) or more", at: schedule.keyRange(of: ScheduleFields.anchor),
        "remove it")
    ]
  }

  private func cron(of schedule: CheckedObject) -> [Diagnostic] {
    guard let cron = schedule[ScheduleFields.cron] else { return [] }
    switch able.cron {
    case .none:
      return [refusal("keeps no cron expressions", at: schedule.range(of: ScheduleFields.cron), "use `every`")]
    case .oneDayField where cron.dayField == nil:
      return [severalDayFields(cron, at: schedule.range(of: ScheduleFields.cron))]
    case .oneDayField, .full: break
    }
    guard able.isUTCOnly, let zone = schedule[ScheduleFields.timeZone], zone != "UTC" else { return [] }
    return [
      refusal(
        "reads cron expressions in UTC", at: schedule.range(of: ScheduleFields.timeZone),
        "write the hours in UTC, and leave `timeZone` out")
    ]
  }

  private func severalDayFields(_ cron: CronExpression, at place: SourceRange) -> Diagnostic {
    let hasOneField = cron.hasEveryDay || cron.hasEveryWeekday
    guard hasOneField, !(cron.restrictsDays && cron.restrictsWeekdays) else {
      return refusal(
        "takes days of the month or days of the week, not both", at: place, "make one of the two day fields `*`")
    }
    return refusal(
      "takes `L`, `5L` or `5#2` alone, not in a list", at: place,
      "leave the other days out, or make a pipeline of its own for them")
  }

  private func refusal(_ words: String, at place: SourceRange, _ help: String) -> Diagnostic {
    Diagnostic(
      .unkeepableSchedule, "an engine of type `\(capabilities.engineType)` \(words)", at: place, help: Help(help))
  }
}
