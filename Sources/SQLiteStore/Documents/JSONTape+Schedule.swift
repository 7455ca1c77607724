import PipelineModel

/// Few pipelines have the same schedule, so most are read: straight off the tape, or by the decoder where they look otherwise.
extension JSONTape {
  func slots(at index: Int) throws -> ScheduleSetting? {
    guard isChoice(index, "slots"), let schedule = payload(of: index), var members = MembersInTurn(self, schedule),
      let cadence = try members.take("cadence").map({ try cadence(at: $0) }),
      let missed = try members.take("missed").map({ try missed(at: $0) }),
      let overlap = members.word("overlap", as: OverlapPolicy.self),
      let startDeadline = members.span("startDeadline"), let timeZone = members.text("timeZone"),
      let transitions = members.take("transitions").flatMap(transitions), members.areOver
    else { return nil }
    return .slots(
      Schedule(
        cadence: cadence, timeZone: timeZone, missed: missed, startDeadline: startDeadline, overlap: overlap,
        transitions: transitions))
  }

  private func cadence(at index: Int) throws -> Cadence {
    guard isChoice(index, "cron"), let cron = payload(of: index).flatMap(cron) else {
      return try value(Cadence.self, at: index)
    }
    return .cron(cron)
  }

  private func cron(at index: Int) -> CronExpression? {
    guard var members = MembersInTurn(self, index), let days = members.set("days"), let hours = members.set("hours"),
      let minutes = members.set("minutes"), let months = members.set("months"),
      let restrictsDays = members.bool("restrictsDays"), let restrictsWeekdays = members.bool("restrictsWeekdays"),
      let text = members.text("text"), let weekdays = members.set("weekdays"), members.areOver
    else { return nil }
    return CronExpression(
      text: text, minutes: minutes, hours: hours, days: days, months: months, weekdays: weekdays,
      restrictsDays: restrictsDays, restrictsWeekdays: restrictsWeekdays)
  }

  private func missed(at index: Int) throws -> MissedPolicy {
    if isBareChoice(index, "runOnce") { return .runOnce }
    return isBareChoice(index, "skip") ? .skip : try value(MissedPolicy.self, at: index)
  }

  private func transitions(at index: Int) -> TransitionPolicy? {
    guard var members = MembersInTurn(self, index),
      let fold = members.word("fold", as: TransitionPolicy.Fold.self),
      let gap = members.word("gap", as: TransitionPolicy.Gap.self), members.areOver
    else { return nil }
    return TransitionPolicy(gap: gap, fold: fold)
  }
}

extension MembersInTurn {
  /// Bits; nil where they are none, or 63 are not enough.
  fileprivate mutating func set(_ key: StaticString) -> UInt64? { number(key).flatMap(UInt64.init(exactly:)) }
}
