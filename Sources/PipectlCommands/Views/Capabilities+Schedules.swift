import PipelineModel

extension Capabilities {
  var scheduleWords: (String, String) {
    switch scheduleOwner {
    case .pipectl: ("pipectl", "pipectl does, while `pipectl serve` runs: any `cron` and `every`, in any time zone.")
    case .engine:
      ("the engine", "The engine does: \(schedules.sentence). `missed`, `overlap` and `startDeadline` are mistakes.")
    }
  }
}

extension ScheduleAbility {
  fileprivate var sentence: String {
    var parts: [String] = []
    if let steps {
      let all =
        steps.count > 8
        ? "from \(steps[0]) to \(steps[steps.count - 1])" : steps.map(\.description).joined(separator: ", ")
      parts.append("`every` \(all)" + (anchoredFrom.map { ", from \($0) on with an `anchor`" } ?? ""))
    } else if let stepsWithin {
      parts.append("`every` from \(stepsWithin.shortest) to \(stepsWithin.longest), in steps of \(stepsWithin.unit)")
    } else {
      parts.append("any `every`")
    }
    let zone = isUTCOnly ? " in UTC" : ""
    switch cron {
    case .none: parts.append("no `cron`")
    case .oneDayField:
      parts.append("`cron`\(zone) with days of the month or days of the week, and `L`, `5L` or `5#2` alone")
    case .full: parts.append("any `cron`\(zone)")
    }
    if canBeAbsent { parts.append("or none at all") }
    return parts.joined(separator: "; ")
  }
}
