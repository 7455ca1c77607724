import PipelineModel

extension HevoDesk {
  mutating func syncNow(_ index: Int) -> ServedAnswer {
    refusal(of: index) ?? begun(index, type: nil)
  }

  mutating func resync(_ index: Int) -> ServedAnswer {
    guard case .object(let members)? = JSON(parsing: request.body), members.keys.sorted() == ["resync_mode"],
      case .string(let mode)? = members["resync_mode"], ["EVOLVE_AND_MERGE", "DROP_AND_LOAD"].contains(mode)
    else {
      violate("resync takes `resync_mode`, EVOLVE_AND_MERGE or DROP_AND_LOAD")
      return .hevoError(400, "BAD_REQUEST", "resync_mode is not valid.")
    }
    return refusal(of: index) ?? begun(index, type: mode == "DROP_AND_LOAD" ? "RESYNC_WITH_DROP_AND_LOAD" : "RESYNC")
  }

  private func refusal(of index: Int) -> ServedAnswer? {
    let pipeline = account.pipelines[index]
    if pipeline.activeJob != nil {
      return .hevoError(
        account.habits.conflictStatus, "CONFLICT", "Cannot sync: a job is in progress for the pipeline.")
    }
    guard !pipeline.isReady else { return nil }
    return .hevoError(400, "BAD_REQUEST", "The pipeline is \(pipeline.status) and cannot be synced.")
  }

  private mutating func begun(_ index: Int, type: String?) -> ServedAnswer {
    account.begin(index, type: type, at: now)
    return quiet
  }

  /// A job that has ended cannot be cancelled; one that is being cancelled is.
  mutating func cancel(_ index: Int, _ job: Int) -> ServedAnswer {
    guard account.pipelines[index].jobs[job].isActive else {
      return .hevoError(400, "BAD_REQUEST", "The job is \(account.pipelines[index].jobs[job].status).")
    }
    account.cancel(index, job: job, at: now)
    return quiet
  }

  mutating func disable(_ index: Int) -> ServedAnswer {
    guard case .object(let members)? = JSON(parsing: request.body), members.keys.sorted() == ["cancel_active_jobs"],
      case .bool(let cancels)? = members["cancel_active_jobs"]
    else {
      violate("disable takes `cancel_active_jobs`, true or false")
      return .hevoError(400, "BAD_REQUEST", "cancel_active_jobs is not valid.")
    }
    guard account.pipelines[index].isReady else {
      return .hevoError(400, "BAD_REQUEST", "The pipeline is \(account.pipelines[index].status).")
    }
    switchTo("DISABLING", index)
    if cancels, let job = account.pipelines[index].activeIndex {
      account.cancel(index, job: job, at: now)
      account.pipelines[index].stagedThrownAway += 1
    }
    return quiet
  }

  mutating func enable(_ index: Int) -> ServedAnswer {
    guard ["DISABLED", "ENABLE_FAILED"].contains(account.pipelines[index].status) else {
      return .hevoError(400, "BAD_REQUEST", "The pipeline is \(account.pipelines[index].status).")
    }
    switchTo("ENABLING", index)
    return quiet
  }

  private mutating func switchTo(_ status: String, _ index: Int) {
    account.pipelines[index].status = status
    account.pipelines[index].switchEnds = now + account.habits.switchTakes
  }

  /// Takes a part of the configuration.
  mutating func update(_ index: Int) -> ServedAnswer {
    guard case .object(let members)? = JSON(parsing: request.body), members.keys.sorted() == ["schedule"],
      case .object(let schedule)? = members["schedule"]
    else {
      violate("an update of something else than the schedule")
      return .hevoError(400, "BAD_REQUEST", "The body is not valid.")
    }
    for key in schedule.keys.sorted() where !["sync_type", "frequency_minutes"].contains(key) {
      violate("a schedule has no `\(key)`")
    }
    switch (schedule["sync_type"], schedule["frequency_minutes"]) {
    case (.string("ON_DEMAND")?, nil): account.pipelines[index].frequency = nil
    case (.string("SCHEDULED")?, .int(let minutes)?):
      guard (5...1440).contains(minutes) else {
        return .hevoError(400, "BAD_REQUEST", "frequency_minutes must be between 5 and 1440.")
      }
      account.pipelines[index].frequency = minutes
    case _:
      violate("a schedule is ON_DEMAND, or SCHEDULED with `frequency_minutes`")
      return .hevoError(400, "BAD_REQUEST", "The schedule is not valid.")
    }
    account.pipelines[index].nextFire = account.pipelines[index].fire(after: now)
    return ServedAnswer(200, shown(account.pipelines[index]))
  }
}
