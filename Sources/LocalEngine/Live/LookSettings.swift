internal import PipelineModel
internal import SingerProtocol

/// Settings with their secrets read as far as they can be.
struct LookSettings {
  private(set) var unresolved: [ProbeFinding] = []
  private var resolver: SecretResolver

  init(directory: String) {
    resolver = SecretResolver(directory: directory)
  }

  var secrets: [String] { resolver.secrets }

  /// - Parameter path: where the entries stand in the connection, as `config`.
  mutating func resolve(_ entries: [ConfigEntry], at path: String) -> JSONValue {
    .object(entries.map { JSONMember($0.key, resolve($0.value, at: "\(path).\($0.key)")) })
  }

  private mutating func resolve(_ value: ConfigValue, at path: String) -> JSONValue {
    switch value {
    case .object(let entries): return resolve(entries, at: path)
    case .array(let elements):
      var values: [JSONValue] = []
      for (index, element) in elements.enumerated() { values.append(resolve(element, at: "\(path)[\(index)]")) }
      return .array(values)
    case .null, .bool, .int, .number, .string, .secret:
      do throws(Failure) {
        return try resolver.resolve(value)
      } catch {
        unresolved.append(.secretUnresolved(path: path, error))
        return .string("")
      }
    }
  }
}
