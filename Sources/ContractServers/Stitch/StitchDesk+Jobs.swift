import PipelineModel

extension StitchDesk {
  mutating func start() -> ServedAnswer {
    if !request.body.isEmpty { violate("starting takes no body") }
    guard let index = sourceIndex else { return .jobError(400, "invalid_source", "Source does not exist.") }
    let source = account.sources[index]
    if source.deletedAt != nil { return .jobError(400, "invalid_source", "Source is deleted.") }
    if !source.isSingerPowered {
      return .jobError(400, "invalid_source", "Source does not support replication on demand.")
    }
    if let job = source.job {
      return .jobError(200, "already_running", "Did not create: \(job.name) is already running for this source.")
    }
    return ServedAnswer(200, ["job_name": .string(account.begin(index, at: now))])
  }

  /// Ends whatever runs; what was extracted is still loaded.
  mutating func stop() -> ServedAnswer {
    guard let index = sourceIndex else { return .jobError(400, "invalid_source", "Source does not exist.") }
    guard var job = account.sources[index].job else {
      return account.habits.acceptsIdleStop
        ? ServedAnswer(200, ["status": 200]) : .jobError(400, "not_running", "No job is running for this source.")
    }
    job.endsAt = min(job.endsAt, now + account.habits.stopTakes)
    job.exits = .terminated
    account.sources[index].job = job
    return ServedAnswer(200, ["status": 200])
  }

  /// One page of a list; the only lists with pages, and the only ones with a limit of calls.
  mutating func listed(_ rows: [JSON]) -> ServedAnswer {
    account.listCalls = account.listCalls.filter { now - $0 < TimeSpan(seconds: 600) } + [now]
    if account.listCalls.count > 30 { violate("more than 30 calls of extractions, logs and loads within 10 minutes") }
    let page = max(1, request.query["page"].flatMap { Int($0) } ?? 1)
    let part = rows.dropFirst((page - 1) * 100).prefix(100)
    let path = request.path.map { "/" + $0 }.joined()
    var links: [String: JSON] = [:]
    if rows.count > page * 100 { links["next"] = .string("\(path)?page=\(page + 1)") }
    if page > 1 { links["previous"] = .string("\(path)?page=\(page - 1)") }
    return ServedAnswer(
      200, ["data": .array(Array(part)), "page": .int(page), "total": .int(rows.count), "links": .object(links)])
  }

  /// The last completed one of each source.
  var extractions: [JSON] {
    account.sources.compactMap { source in
      source.last.map { last in
        [
          "job_name": .string(last.jobName), "stitch_client_id": .int(account.clientID), "source_id": .int(source.id),
          "source_type": .string("tap-" + (source.type.split(separator: ".").last.map(String.init) ?? source.type)),
          "start_time": .string(last.startedAt.description), "completion_time": .string(last.completedAt.description),
          "discovery_exit_status": .exit(last.exits.discovery), "tap_exit_status": .exit(last.exits.tap),
          "target_exit_status": .exit(last.exits.target), "discovery_description": JSON(last.exits.description),
          "tap_description": JSON(last.exits.description), "target_description": JSON(last.exits.description),
        ]
      }
    }
  }

  /// The last attempt of each stream.
  var loads: [JSON] {
    account.sources.flatMap { source in
      source.streams.filter { $0.lastLoad != nil || $0.loadError }.map { stream in
        [
          "stitch_client_id": .int(account.clientID), "source_name": .string(source.name),
          "stream_name": .string(stream.name), "last_batch_loaded_at": JSON(stream.lastLoad?.description),
          "error_state": stream.loadError ? ["notification_data": [:], "exception_chain": []] : nil,
        ]
      }
    }
  }
}

extension JSON {
  fileprivate static func exit(_ code: Int?) -> JSON { code.map { .int($0) } ?? .null }
}
