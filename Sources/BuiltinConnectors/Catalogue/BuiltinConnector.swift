public import SingerProtocol

/// A connector that is part of this program.
public struct BuiltinConnector: Hashable, Sendable {
  public let name: String
  public let role: ConnectorRole
  public let summary: String
  public let settings: [ConnectorSetting]
  /// Settings of which exactly one must be given; empty where there is no such rule.
  public let exactlyOneOf: [String]

  /// Every mistake in a config, in the order of the config, then of the settings.
  public func problems(in config: JSONValue) -> [ConfigProblem] {
    guard let members = config.objectValue else {
      return [ConfigProblem(path: [], message: "the config is \(config.kindName), not an object")]
    }
    var problems = Self.problems(in: members, settings, at: [])
    let given = exactlyOneOf.filter { name in members.contains { $0.key == name } }
    if !exactlyOneOf.isEmpty, given.count != 1 {
      let names = exactlyOneOf.map { "`\($0)`" }.joined(separator: " and ")
      problems.append(ConfigProblem(path: [], message: "exactly one of \(names) is needed"))
    }
    return problems
  }

  private static func problems(
    in members: [JSONMember], _ settings: [ConnectorSetting], at path: [String]
  ) -> [ConfigProblem] {
    let wrong = members.flatMap { problems(of: $0, settings, at: path) }
    let missing = settings.filter { setting in setting.isRequired && !members.contains { $0.key == setting.name } }
    return wrong + missing.map { ConfigProblem(path: path + [$0.name], message: "`\($0.name)` is missing") }
  }

  private static func problems(
    of member: JSONMember, _ settings: [ConnectorSetting], at path: [String]
  ) -> [ConfigProblem] {
    let here = path + [member.key]
    guard let setting = settings.first(where: { $0.name == member.key }) else {
      let nearest = nearestNames(to: member.key, in: settings.map(\.name)).first
      let hint =
        nearest.map { "; did you mean `\($0)`?" } ?? "; known are " + settings.map(\.name).joined(separator: ", ")
      return [ConfigProblem(path: here, message: "`\(member.key)` is not a setting" + hint)]
    }
    guard setting.type.accepts(member.value) else {
      let types = setting.type == .columnTypes ? " (" + ColumnType.names + ")" : ""
      return [ConfigProblem(path: here, message: "`\(setting.name)` must be of type \(setting.type.rawValue)\(types)")]
    }
    guard setting.type == .objectList, let elements = member.value.arrayValue else { return [] }
    return elements.enumerated().flatMap { index, element in
      problems(in: element.objectValue ?? [], setting.elements, at: here + [String(index)])
    }
  }
}
