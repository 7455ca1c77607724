import PipelineModel

extension StitchDesk {
  /// Merges the properties that are sent into those that are there.
  mutating func update(_ index: Int) -> ServedAnswer {
    guard case .object(let members)? = JSON(parsing: request.body) else {
      return .refused("InvalidBody", "The body is no JSON object.")
    }
    for key in members.keys.sorted() where !["display_name", "properties", "paused_at"].contains(key) {
      violate("`\(key)` cannot be updated")
    }
    let before = account.sources[index]
    if let refusal = setProperties(members["properties"], index) {
      account.sources[index] = before
      return refusal
    }
    setPause(members["paused_at"], index)
    if case .string(let name)? = members["display_name"] { account.sources[index].displayName = name }
    account.sources[index].nextFire = account.sources[index].fire(after: now)
    return shown(index).withoutSchedule
  }

  private mutating func setPause(_ value: JSON?, _ index: Int) {
    switch value {
    case nil: break
    case .null?: account.sources[index].pausedAt = nil
    case .string(let text)?:
      // A switch: what time it is does not matter.
      if let instant = Timestamp(rfc3339: text) {
        account.sources[index].pausedAt = instant
      } else {
        violate("`paused_at` is no ISO 8601 time")
      }
    case _: violate("`paused_at` is neither a time nor null")
    }
  }

  private mutating func setProperties(_ value: JSON?, _ index: Int) -> ServedAnswer? {
    guard let value else { return nil }
    guard case .object(let members) = value else { return .refused("InvalidBody", "`properties` is no object.") }
    for (key, value) in members.sorted(by: { $0.key < $1.key }) {
      if key == "image_version" { violate("`\(key)` is read-only") }
      switch value {
      case .null: account.sources[index].properties[key] = .some(nil)
      case .string(let text): account.sources[index].properties[key] = kept(text, as: key)
      case _: violate("the property `\(key)` is neither a text nor null")
      }
    }
    return refusal(of: account.sources[index])
  }

  private func kept(_ text: String, as key: String) -> String {
    let hasNoYears = key == "cron_expression" && text.split(separator: " ").count == 6
    return account.habits.showsYears && hasNoYears ? text + " *" : text
  }

  private func refusal(of source: StitchSourceState) -> ServedAnswer? {
    let properties = source.properties
    let allowed = ["30", "60", "360", "720", "1440"] + (source.type.contains("postgres") ? ["1"] : [])
    if let frequency = properties["frequency_in_minutes"] ?? nil, !allowed.contains(frequency) {
      return .refused("InvalidProperties", "frequency_in_minutes is not one of \(allowed.joined(separator: ", ")).")
    }
    if let anchor = properties["anchor_time"] ?? nil {
      guard source.isSingerPowered, Timestamp(rfc3339: anchor) != nil,
        (properties["frequency_in_minutes"] ?? nil).flatMap({ Int($0) }) ?? 0 >= 60
      else { return .refused("InvalidProperties", "anchor_time needs a frequency of 60 or more.") }
    }
    if let cron = properties["cron_expression"] ?? nil, !isQuartz(cron) {
      return .refused("InvalidCronExpression", "\(cron) is not a valid expression.")
    }
    return nil
  }

  /// Six fields or seven, seconds 0, and one of the two day fields a question mark.
  private func isQuartz(_ text: String) -> Bool {
    let fields = text.split(separator: " ")
    guard fields.count == 6 || fields.count == 7, fields[0] == "0" else { return false }
    // A place in the month stands alone.
    let hasPlaceInList = [fields[3], fields[5]].contains { $0.contains(",") && ($0.contains("#") || $0.contains("L")) }
    return (fields[3] == "?") != (fields[5] == "?") && !hasPlaceInList
  }
}

extension ServedAnswer {
  /// As the documents show the answer to an update, of a source with a schedule too.
  fileprivate var withoutSchedule: ServedAnswer {
    guard case .object(var members)? = JSON(parsing: body) else { return self }
    members["schedule"] = .null
    return ServedAnswer(status, .object(members))
  }
}
