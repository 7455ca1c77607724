import PipelineModel

extension HevoDesk {
  /// A page, and where the next one begins.
  mutating func listed(_ rows: [JSON]) -> ServedAnswer {
    let asked = request.query["limit"].map { Int($0) ?? 0 } ?? 20
    if !(1...100).contains(asked) { violate("`limit` is 1 to 100") }
    let cursor = request.query["cursor"] ?? "c0"
    let from = Int(cursor.dropFirst(1)) ?? -1
    guard (0...rows.count).contains(from) else {
      violate("a cursor that no page gave")
      return .hevoError(400, "BAD_REQUEST", "The cursor is not valid.")
    }
    let end = min(rows.count, from + min(max(1, asked), account.habits.pageSize))
    let hasMore = end < rows.count
    return ServedAnswer(
      200,
      [
        "data": .array(Array(rows[from..<end])), "has_more": .bool(hasMore),
        "next_cursor": hasMore ? .string("c\(end)") : .null,
      ])
  }

  func visibleJobs(of index: Int) -> [HevoJobState] {
    let visible = account.pipelines[index].jobs.filter { $0.createdAt + account.habits.listingLag <= now }
    return account.habits.isNewestFirst ? visible.reversed() : visible
  }

  func shown(_ index: Int, _ job: Int) -> ServedAnswer { ServedAnswer(200, shown(account.pipelines[index].jobs[job])) }

  /// No order is promised.
  var shownPipelines: [JSON] {
    let all = account.pipelines.map { shown($0) }
    return account.habits.isSparse ? all.reversed() : all
  }

  func shown(_ pipeline: HevoPipelineState) -> JSON {
    var schedule: [String: JSON] = ["sync_type": .string(pipeline.frequency == nil ? "ON_DEMAND" : "SCHEDULED")]
    if let frequency = pipeline.frequency {
      schedule["frequency_minutes"] = .int(frequency)
    } else if !account.habits.isSparse {
      schedule["frequency_minutes"] = 60
    }
    let essential: [String: JSON] = [
      "id": .int(pipeline.id), "name": .string(pipeline.name), "status": .string(pipeline.status),
      "schedule": .object(schedule),
    ]
    let others: [String: JSON] = [
      "source": ["name": "shop", "connector_id": 1, "source_type": "POSTGRES", "config": [:]],
      "destination": [
        "id": 3, "name": "warehouse", "connector_id": 2, "destination_type": "SNOWFLAKE", "status": "ACTIVE",
      ],
      "destination_prefix": "shop", "replication_type": "HISTORICAL_AND_INCREMENTAL", "load_mode": "MERGE",
      "schema_evolution": "ALLOW_ALL", "created_ts": .instant(pipeline.createdAt),
      "updated_ts": .instant(pipeline.createdAt), "created_by_email": "maria@example.com",
    ]
    let novelties: [String: JSON] = ["latency_class": "GOLD", "labels": ["a", "b"]]
    return .object(essential.merging(account.habits.isSparse ? novelties : others) { first, _ in first })
  }

  func shown(_ job: HevoJobState) -> JSON {
    let essential: [String: JSON] = [
      "job_id": .string(job.id), "type": .string(job.type), "status": .string(job.status),
      "created_ts": .instant(job.createdAt),
    ]
    let others: [String: JSON] = [
      "updated_ts": .instant(job.updatedAt), "events_ingested": .int(job.eventsLoaded),
      "events_loaded": .int(job.eventsLoaded), "events_failed": 0, "objects_success": 1, "objects_queued": 0,
      "objects_skipped": 0, "objects_failed": 0, "duration": .int(Int((job.updatedAt - job.createdAt).milliseconds)),
      "min_latency": 0, "max_latency": 0, "mean_latency": 0,
    ]
    return .object(account.habits.isSparse ? essential : essential.merging(others) { first, _ in first })
  }

  /// What a row holds besides counts is not told; these are the names that the job itself uses.
  func objects(_ index: Int, _ job: Int) -> ServedAnswer {
    let state = account.pipelines[index].jobs[job]
    let loaded = state.loaded.isEmpty ? ["public.orders": state.eventsLoaded] : state.loaded
    let rows: [JSON] = loaded.sorted { $0.key < $1.key }.map { name, events in
      ["object_id": 1, "name": .string(name), "status": .string(state.status), "events_loaded": .int(events)]
    }
    return ServedAnswer(200, ["data": .array(rows), "has_more": false, "next_cursor": nil])
  }
}

extension JSON {
  fileprivate static func instant(_ instant: Timestamp) -> JSON { .int(Int(instant.milliseconds)) }
}
