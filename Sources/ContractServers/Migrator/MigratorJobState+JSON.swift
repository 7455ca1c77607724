import PipelineModel

extension MigratorJobState {
  /// As it is told.
  func json(at now: Timestamp, _ habits: MigratorInstance.Habits) -> JSON {
    var members: [String: JSON] = [
      "id": .string(id), "projectId": .string(projectID), "status": .string(toldStatus(at: now, habits)),
      "options": toldOptions(habits), "submittedAt": .string(submittedAt.description),
      "jdbcConnectionString": .string(address),
      "mongoDbConnectionString": "mongodb+srv://shop:not-told@cluster.example.com/shop",
    ]
    if let filters { members["relationalTableFilters"] = filters }
    if let failure = plan.failure, let failedAt {
      members["failureError"] = [
        "errorType": "MIGRATION", "message": .string(failure), "failureAt": .string(failedAt.description),
        "setupError": false,
      ]
    }
    if !habits.leavesOutDefaults || changeCapture != "NOT_STARTED" { members["cdcStatus"] = .string(changeCapture) }
    if !habits.leavesOutDefaults { members["statistics"] = statistics(at: now) }
    if mode == "CDC", let snapshotEndedAt, !habits.leavesOutDefaults {
      members["cdcStatistics"] = ["startedAt": .string(snapshotEndedAt.description), "totalEventsSeen": 0]
    }
    if !habits.leavesOutDefaults || isVerificationRequested { members["metadata"] = metadata }
    return .object(members)
  }

  private func toldOptions(_ habits: MigratorInstance.Habits) -> JSON {
    guard habits.leavesOutDefaults, case .object(let members) = options else { return options }
    return .object(members.filter { $0.value != false && $0.value != "FAIL" })
  }

  private func toldStatus(at now: Timestamp, _ habits: MigratorInstance.Habits) -> String {
    let isWaiting = status == "RUNNING" && now < submittedAt + TimeSpan(seconds: 5)
    return habits.tellsOfWaiting && isWaiting ? "NOT_STARTED" : status
  }

  private func statistics(at now: Timestamp) -> JSON {
    [
      "startedAt": .string(submittedAt.description), "elapsedSeconds": .int(Int((now - submittedAt).seconds)),
      "totalTableCount": 12, "remainingTableCount": .int(snapshotEndedAt == nil ? 5 : 0), "processingTables": [],
      "totalEvents": 1000, "totalEventsSeen": .int(snapshotEndedAt == nil ? 600 : 1000),
      "snapshotCompleted": .bool(snapshotEndedAt != nil),
    ]
  }

  private var metadata: JSON {
    var members: [String: JSON] = ["verificationRequested": .bool(isVerificationRequested)]
    if let verification { members["verificationStatus"] = .string(verification) }
    return .object(members)
  }
}
