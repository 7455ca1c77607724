import BuiltinConnectors
import Diagnostics
import ManifestCompiler
import PipelineModel
import SingerProtocol

/// What a built-in connector has against its settings, before any run is made.
@Sendable func problems(of connector: String, in settings: ConfigValue) -> [SettingProblem] {
  guard let connector = builtinConnectors.first(where: { $0.name == connector }) else { return [] }
  let found = connector.problems(in: JSONValue(standingFor: settings))
  // The setting that was meant is not missing: one mistake, one message.
  let meant = found.compactMap { connector.meantSetting(by: $0) }
  return found.filter { !meant.contains($0.path) && !connector.isSettled($0, by: meant) }.map(connector.problem)
}

extension BuiltinConnector {
  fileprivate func problem(_ problem: ConfigProblem) -> SettingProblem {
    guard let key = problem.path.last else { return SettingProblem(at: [], "`\(name)`: \(problem.message)") }
    let known = settings(beside: problem.path)
    if let setting = known.first(where: { $0.name == key }) {
      return SettingProblem(at: problem.path, "`\(name)`: \(problem.message)", help: Help("`\(key)`: \(setting.doc)"))
    }
    let near = nearest(key, among: known.map(\.name))
    return SettingProblem(
      at: problem.path, isUnknownKey: true, "`\(name)` has no setting `\(key)`",
      help: near.map { Help("did you mean `\($0)`?", replacement: $0) }
        ?? Help("it has " + listed(known.map { "`\($0.name)`" })))
  }

  /// The settings that there are where a path ends.
  private func settings(beside path: [String]) -> [ConnectorSetting] {
    path.dropLast().reduce(settings) { known, step in
      Int(step) != nil ? known : known.first { $0.name == step }?.elements ?? []
    }
  }

  /// The path of the setting that a mistyped one stands for.
  fileprivate func meantSetting(by problem: ConfigProblem) -> [String]? {
    let known = settings(beside: problem.path).map(\.name)
    guard let key = problem.path.last, !known.contains(key) else { return nil }
    return nearest(key, among: known).map { problem.path.dropLast() + [$0] }
  }

  /// Whether one of those that exclude each other is there, mistyped.
  fileprivate func isSettled(_ problem: ConfigProblem, by meant: [[String]]) -> Bool {
    problem.path.isEmpty && exactlyOneOf.contains { meant.contains([$0]) }
  }
}

extension JSONValue {
  /// The settings as a run would hand them over, with a text in place of each secret.
  fileprivate init(standingFor settings: ConfigValue) {
    switch settings {
    case .null: self = .null
    case .bool(let value): self = .bool(value)
    case .int(let value): self = .number(String(value))
    case .number(let text): self = .number(text)
    case .string(let text): self = .string(text)
    case .array(let items): self = .array(items.map { JSONValue(standingFor: $0) })
    case .object(let entries): self = .object(entries.map { JSONMember($0.key, JSONValue(standingFor: $0.value)) })
    case .secret: self = .string("")
    }
  }
}
