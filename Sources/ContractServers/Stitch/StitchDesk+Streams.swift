/// Streams and their fields.
extension StitchDesk {
  func streams(_ index: Int) -> ServedAnswer {
    ServedAnswer(
      200,
      .array(
        account.sources[index].streams.map { stream in
          [
            "stream_id": .int(stream.id), "stream_name": .string(stream.name), "tap_stream_id": .string(stream.name),
            "selected": stream.isSelected.map { .bool($0) } ?? .null, "metadata": [:],
          ]
        }))
  }

  func stream(_ index: Int) -> ServedAnswer {
    guard let stream = account.sources[index].streams.first(where: { String($0.id) == request.path[4] }) else {
      return ServedAnswer(404, "There is no such stream.")
    }
    var facts: [String: JSON] = [
      "inclusion": "available", "selected": stream.isSelected.map { .bool($0) } ?? .null,
      "replication-method": .string(stream.method),
    ]
    if let key = stream.key { facts["replication-key"] = .string(key) }
    let root: JSON = ["breadcrumb": [], "metadata": .object(facts)]
    let schema = #"{"type":"object","properties":{}}"#
    return ServedAnswer(
      200,
      [
        "schema": .string(schema), "metadata": .array([root] + stream.fields.map(\.json)),
        "non-discoverable-metadata-keys": ["selected", "replication-method", "replication-key", "view-key-properties"],
      ])
  }

  /// Sets what is selected; all of it, or nothing.
  mutating func select(_ index: Int) -> ServedAnswer {
    guard case .object(let body)? = JSON(parsing: request.body), case .array(let streams)? = body["streams"] else {
      return .invalidFields("streams")
    }
    let before = account.sources[index].streams
    for stream in streams {
      if let refusal = set(stream, index) {
        account.sources[index].streams = before
        return .invalidFields(refusal)
      }
    }
    return ServedAnswer(200, ["status": 200])
  }

  private mutating func set(_ stream: JSON, _ index: Int) -> String? {
    guard case .object(let members) = stream, case .string(let name)? = members["tap_stream_id"],
      case .array(let entries)? = members["metadata"],
      let at = account.sources[index].streams.firstIndex(where: { $0.name == name })
    else { return "tap_stream_id" }
    for entry in entries {
      guard case .object(let members) = entry, case .array(let breadcrumb)? = members["breadcrumb"],
        case .object(let metadata)? = members["metadata"]
      else { return "metadata" }
      for key in metadata.keys.sorted() where !writable.contains(key) { violate("the metadata `\(key)` is read-only") }
      let refusal = breadcrumb.isEmpty ? setStream(metadata, index, at) : setField(metadata, breadcrumb, index, at)
      if let refusal { return refusal }
    }
    return nil
  }

  private mutating func setStream(_ metadata: [String: JSON], _ index: Int, _ at: Int) -> String? {
    if let selected = metadata["selected"] {
      guard case .bool(let value) = selected else { return "selected" }
      account.sources[index].streams[at].isSelected = value
    }
    if case .string(let method)? = metadata["replication-method"] {
      guard ["FULL_TABLE", "INCREMENTAL", "LOG_BASED"].contains(method) else { return "replication-method" }
      account.sources[index].streams[at].method = method
    }
    if case .string(let key)? = metadata["replication-key"] {
      guard account.sources[index].streams[at].fields.contains(where: { $0.name == key }) else {
        return "replication-key"
      }
      account.sources[index].streams[at].key = key
    }
    return nil
  }

  /// Automatic fields cannot be dropped, unsupported ones cannot be chosen.
  private mutating func setField(
    _ metadata: [String: JSON], _ breadcrumb: [JSON], _ index: Int, _ at: Int
  ) -> String? {
    guard breadcrumb.count == 2, breadcrumb[0] == "properties", case .string(let name) = breadcrumb[1],
      let field = account.sources[index].streams[at].fields.firstIndex(where: { $0.name == name })
    else { return "breadcrumb" }
    guard case .bool(let value)? = metadata["selected"] else { return "selected" }
    let inclusion = account.sources[index].streams[at].fields[field].inclusion
    if inclusion == "automatic" && !value || inclusion == "unsupported" && value { return name }
    account.sources[index].streams[at].fields[field].isSelected = value
    return nil
  }

  private var writable: Set<String> { ["selected", "replication-method", "replication-key", "view-key-properties"] }
}

extension ServedAnswer {
  /// The shape of errors of streams.
  fileprivate static func invalidFields(_ words: String) -> ServedAnswer {
    ServedAnswer(400, ["invalid_fields": .string(words)])
  }
}

extension StitchFieldState {
  fileprivate var json: JSON {
    var facts: [String: JSON] = ["inclusion": .string(inclusion), "selected-by-default": .bool(isSelectedByDefault)]
    if let isSelected { facts["selected"] = .bool(isSelected) }
    return ["breadcrumb": ["properties", .string(name)], "metadata": .object(facts)]
  }
}
