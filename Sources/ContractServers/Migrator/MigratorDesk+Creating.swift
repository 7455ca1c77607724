import PipelineModel

extension MigratorDesk {
  /// Makes a job and starts it, unless one is under way.
  mutating func create() -> ServedAnswer {
    if request.headers["content-type"]?.hasPrefix("application/json") != true {
      violate("a body without `Content-Type: application/json`")
    }
    guard let body = JSON(parsing: request.body), case .object(let members) = body else {
      violate("the body is no JSON object")
      return .trouble(400, "The body is no JSON object", at: now)
    }
    let problems = ClosedShape.migrationJob.problems(of: body)
    guard problems.isEmpty else {
      for problem in problems { violate(problem) }
      return .trouble(400, problems.joined(separator: "; "), at: now)
    }
    if let refusal = refusal(of: members) { return refusal }
    let job = make(members)
    instance.jobs.append(job)
    return ServedAnswer(200, job.json(at: now, instance.habits))
  }

  private func refusal(of members: [String: JSON]) -> ServedAnswer? {
    let own = instance.habits.hasOwnCodes
    guard instance.projects.contains(where: { .string($0.id) == members["projectId"] }) else {
      return .trouble(own ? 500 : 400, "Project not found", at: now)
    }
    guard members["mongodbConnectionDetails"]?["connectionString"]?.word?.contains(/:\/\/.*\/[^?]/) == true else {
      return .trouble(own ? 440 : 400, "The connection string names no database", at: now)
    }
    if members["options"]?["mode"] == "CDC", !instance.habits.hasChangeCapture {
      return .trouble(own ? 471 : 400, "Continuous migrations are not available", at: now)
    }
    guard instance.jobs.contains(where: \.isUnderWay) else { return nil }
    return .trouble(own ? 470 : 409, "A migration job is already running", at: now)
  }

  private func make(_ members: [String: JSON]) -> MigratorJobState {
    var job = MigratorJobState(
      id: "job-\(instance.jobs.count + 1)", projectID: members["projectId"]?.word ?? "", submittedAt: now,
      mode: members["options"]?["mode"]?.word ?? "", options: members["options"] ?? [:], plan: instance.plan)
    job.filters = members["relationalTableFilters"]
    job.isVerificationRequested = members["verification"]?["enabled"] == true
    return job
  }
}

extension JSON {
  fileprivate subscript(key: String) -> JSON? {
    if case .object(let members) = self { members[key] } else { nil }
  }

  fileprivate var word: String? {
    if case .string(let text) = self { text } else { nil }
  }
}
