/// Writes one rule into one stream.
struct StreamSelection {
  private(set) var stream: CatalogStream
  private(set) var problems: [SelectionProblem] = []
  private(set) var selected: SelectedStream?

  init(_ stream: CatalogStream) {
    self.stream = stream
  }

  mutating func leaveOut() {
    setSelected(false)
  }

  mutating func choose(_ rule: SelectionRule, at index: Int? = nil) {
    setSelected(true)
    let method = chooseMethod(rule)
    let key = chooseKey(rule, method)
    chooseFields(rule, key)
    selected = SelectedStream(id: stream.id, name: stream.name, method: method, key: key, rule: index)
  }

  private mutating func setSelected(_ isSelected: Bool) {
    stream.setMetadata([], "selected", to: .bool(isSelected))
    if stream.json["selected"] != nil { stream.set("selected", to: .bool(isSelected)) }
  }

  private mutating func chooseMethod(_ rule: SelectionRule) -> ReplicationMethod {
    let wanted = rule.method ?? (rule.key == nil ? nil : .incremental)
    if let forced = stream.forcedMethod {
      if let wanted, wanted != forced {
        problems.append(.unsupportedMethod(stream: stream.id, wanted: wanted, forced: forced))
      }
      if stream.statedMethod != forced { write(forced) }
      return forced
    }
    if wanted == nil, let stated = stream.statedMethod { return stated }
    let method = wanted ?? .fullTable
    write(method)
    return method
  }

  private mutating func write(_ method: ReplicationMethod) {
    stream.setMetadata([], "replication-method", to: .string(method.rawValue))
    stream.set("replication_method", to: .string(method.rawValue))
  }

  private mutating func chooseKey(_ rule: SelectionRule, _ method: ReplicationMethod) -> String? {
    if let key = rule.key {
      guard stream.fields.contains(key) else {
        problems.append(.keyIsNoField(stream: stream.id, key: key, nearest: nearestNames(to: key, in: stream.fields)))
        return nil
      }
      stream.setMetadata([], "replication-key", to: .string(key))
      stream.set("replication_key", to: .string(key))
      return key
    }
    guard method == .incremental else { return nil }
    if let stated = stream.statedKey { return stated }
    if rule.method == .incremental {
      problems.append(.keyIsMissing(stream: stream.id, suggestions: Array(stream.offeredKeys.prefix(3))))
    }
    return nil
  }

  private mutating func chooseFields(_ rule: SelectionRule, _ key: String?) {
    let wishes = rule.fields.map { FieldWishes($0) }
    if let wishes { problems += wishes.problems(in: stream, key: key) }
    for field in stream.fields {
      if let wishes {
        choose(field, wishes.want(field) || field == key)
      } else if stream.metadata(["properties", field])["selected"] == nil || field == key {
        choose(field, stream.isSelected(field: field) || field == key)
      }
    }
  }

  private mutating func choose(_ field: String, _ isWanted: Bool) {
    let isSelected =
      switch stream.inclusion(of: field) {
      case .automatic: true
      case .available: isWanted
      case .unsupported: false
      }
    stream.setMetadata(["properties", field], "selected", to: .bool(isSelected))
  }
}
