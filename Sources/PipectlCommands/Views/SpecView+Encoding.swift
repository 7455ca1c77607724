extension SpecView {
  private enum CodingKeys: String, CodingKey {
    case engine, source, destination, streams, remote, command, migration, mode, schedule, paused, job, limits, retry,
      pollInterval, allow
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(engine, forKey: .engine)
    try container.encodeIfPresent(source, forKey: .source)
    try container.encodeIfPresent(destination, forKey: .destination)
    try container.encodeIfPresent(streams, forKey: .streams)
    try container.encodeIfPresent(remote, forKey: .remote)
    try container.encodeIfPresent(command, forKey: .command)
    try container.encodeIfPresent(migration, forKey: .migration)
    try container.encode(mode, forKey: .mode)
    switch schedule {
    case .unmanaged: break
    case .none: try container.encodeNil(forKey: .schedule)
    case .slots(let schedule): try container.encode(schedule, forKey: .schedule)
    }
    try container.encodeIfPresent(paused, forKey: .paused)
    try container.encodeIfPresent(job, forKey: .job)
    try container.encode(limits, forKey: .limits)
    try container.encode(retry, forKey: .retry)
    try container.encodeIfPresent(pollInterval, forKey: .pollInterval)
    try container.encodeIfPresent(allow, forKey: .allow)
  }
}

extension SpecView.MissedView: Encodable {
  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .word(let word): try container.encode(word)
    case .runAll(let limit): try container.encode(["runAll": limit])
    }
  }
}

extension SpecView.PausedView: Encodable {
  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .flag(let flag): try container.encode(flag)
    case .details(let details): try container.encode(details)
    }
  }
}

extension SpecView.NoProgressView: Encodable {
  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .span(let span): try container.encode(span)
    case .details(let details): try container.encode(details)
    }
  }
}
