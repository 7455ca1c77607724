/// The settings of a connector, as JSON Schema.
///
/// Read are `type`, `properties`, `required`, `items`, `enum` and `additionalProperties`; whatever else a schema demands is left to the connector.
public struct SettingsSchema: Hashable, Sendable {
  private let json: JSONValue

  public init(_ json: JSONValue) {
    self.json = json
  }

  /// What is wrong with settings, in their order, then what is missing.
  public func problems(in settings: JSONValue) -> [SettingsProblem] { problems(in: settings, at: []) }

  private func problems(in value: JSONValue, at path: [String]) -> [SettingsProblem] {
    guard accepts(typeOf: value) else {
      return [SettingsProblem(path, .wrongType(wanted: types, found: value.kindName))]
    }
    if let words = json["enum"]?.arrayValue, !words.contains(value) {
      return [SettingsProblem(path, .noneOf(words.map { $0.stringValue ?? $0.text }))]
    }
    switch value {
    case .null, .bool, .number, .string: return []
    case .array(let elements):
      guard let items = json["items"], items.objectValue != nil else { return [] }
      return elements.enumerated().flatMap { SettingsSchema(items).problems(in: $1, at: path + [String($0)]) }
    case .object(let members): return problems(in: members, at: path)
    }
  }

  private func problems(in members: [JSONMember], at path: [String]) -> [SettingsProblem] {
    let known = json["properties"]?.objectValue ?? []
    let missing = (json["required"]?.arrayValue ?? []).compactMap(\.stringValue).filter { name in
      !members.contains { $0.key == name }
    }
    let wrong = members.flatMap { member -> [SettingsProblem] in
      let here = path + [member.key]
      if let schema = known.last(where: { $0.key == member.key })?.value {
        return SettingsSchema(schema).problems(in: member.value, at: here)
      }
      if let meant = nearestNames(to: member.key, in: missing).first {
        return [SettingsProblem(here, .misspelt(required: meant))]
      }
      // A schema without properties says nothing of what there may be.
      guard !known.isEmpty, !allowsOthers else { return [] }
      return [SettingsProblem(here, .unknown(nearest: nearestNames(to: member.key, in: known.map(\.key))))]
    }
    // The setting that was meant is not missing: one mistake, one message.
    let meant = wrong.compactMap { problem in
      if case .misspelt(let name) = problem.kind, problem.path.count == path.count + 1 { name } else { nil }
    }
    return wrong + missing.filter { !meant.contains($0) }.map { SettingsProblem(path + [$0], .missing) }
  }

  /// Whether keys that are not described are expressly welcome.
  private var allowsOthers: Bool {
    switch json["additionalProperties"] {
    case .bool(let isAllowed)?: isAllowed
    case .object?: true
    case .null?, .number?, .string?, .array?, nil: json["patternProperties"] != nil
    }
  }

  /// As the schema lists them; none where it does not.
  private var types: [String] {
    switch json["type"] {
    case .string(let type)?: [type]
    case .array(let types)?: types.compactMap(\.stringValue)
    case .null?, .bool?, .number?, .object?, nil: []
    }
  }

  private func accepts(typeOf value: JSONValue) -> Bool {
    types.isEmpty || types.contains { value.isOfType($0) }
  }
}

extension JSONValue {
  /// Whether it is of a type of JSON Schema; a type that is not known is not held against it.
  fileprivate func isOfType(_ type: String) -> Bool {
    switch type {
    case "null": self == .null
    case "boolean": boolValue != nil
    case "string": stringValue != nil
    case "array": arrayValue != nil
    case "object": objectValue != nil
    case "number": isNumber
    case "integer": isNumber && isWhole
    case _: true
    }
  }

  private var isNumber: Bool {
    if case .number = self { true } else { false }
  }

  private var isWhole: Bool {
    guard case .number(let text) = self, let value = Double(text) else { return false }
    return value == value.rounded()
  }
}
