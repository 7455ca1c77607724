import PipelineModel

extension MigratorInstance {
  /// An instance with as many projects, most of which have had jobs of all kinds.
  public static func mixed(_ count: Int) -> MigratorInstance {
    var instance = MigratorInstance(
      projects: (0..<max(0, count)).map { MigratorProject(id: "project-\(1000 + $0)", name: MixedNames.name($0)) })
    instance.habits.hasChangeCapture = true
    for (number, project) in instance.projects.enumerated() where number % 9 != 8 {
      for round in 0...(number % 2) { instance.jobs.append(.mixed(number, round: round, of: project)) }
    }
    return instance
  }
}

extension MigratorJobState {
  fileprivate static func mixed(_ number: Int, round: Int, of project: MigratorProject) -> MigratorJobState {
    let mode = number % 10 == 3 ? "CDC" : number % 10 == 7 ? "INCREMENTAL" : "SNAPSHOT"
    let options: JSON = [
      "mode": .string(mode), "dropCollections": .bool(number % 4 == 1),
      "errorHandling": .string(["FAIL", "WARN", "SKIP"][(number + round) % 3]),
    ]
    var job = MigratorJobState(
      id: "job-\(number)-\(round)", projectID: project.id,
      submittedAt: Timestamp(seconds: 1_780_000_000 + Int64(number * 100 + round)), mode: mode, options: options,
      plan: MigratorJobPlan())
    job.status = round == 1 ? "FAILED" : "COMPLETED"
    job.snapshotEndedAt = job.submittedAt + TimeSpan(seconds: 50)
    job.isVerificationRequested = number % 5 == 0
    if number % 3 == 1 {
      job.filters = ["public": ["orders": ["whereClause": "id > \"10\" -- $${x}: #", "rowCount": 1000]]]
    }
    return job
  }
}
