import PipelineModel

extension StitchSourceState {
  /// As it is told.
  func json(_ account: StitchAccount) -> JSON {
    [
      "id": .int(id), "name": .string(name), "type": .string(type), "display_name": .string(displayName),
      "stitch_client_id": .int(account.clientID), "properties": .object(properties.mapValues { JSON($0) }),
      "schedule": schedule, "check_job_name": .string("\(account.clientID).\(id).check"),
      "created_at": .string(createdAt.description), "updated_at": .string(createdAt.description),
      "deleted_at": JSON(deletedAt?.description), "paused_at": JSON(pausedAt?.description),
      "system_paused_at": JSON(systemPausedAt?.description), "report_card": reportCard,
    ]
  }

  /// Null where it is paused or deleted.
  private var schedule: JSON {
    guard deletedAt == nil, pausedAt == nil else { return nil }
    if let cron = properties["cron_expression"] ?? nil {
      return ["type": "cron", "cron_expression": .string(cron), "next_fire_time": nil]
    }
    guard let minutes = (properties["frequency_in_minutes"] ?? nil).flatMap({ Double($0) }) else { return nil }
    return [
      "type": "interval", "unit": "minute", "interval": .double(minutes), "next_fire_time": JSON(nextFire?.description),
    ]
  }

  private var reportCard: JSON {
    [
      "type": .string(type), "current_step": 5, "current_step_type": .string(step),
      "steps": [["type": "form", "properties": []], ["type": "fully_configured"]],
      "details": ["protocol": .string(type), "pipeline_state": "released", "access": true],
    ]
  }
}
