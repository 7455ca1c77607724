import Diagnostics
import PipelineModel

/// What must hold for an engine's manifest.
struct EngineRules {
  let spec: CheckedObject
  let capabilities: [String: Capabilities]

  /// Types that are planned, and not part of this version.
  private static let planned = ["airbyte", "fivetran", "kafka-connect"]

  var broken: [Diagnostic] {
    guard let type = spec[EngineFields.type] else { return [] }
    if let known = capabilities[type] {
      return (type == EngineName.local.text ? meaningless : missingConnection(known) + unknownCredentials(known))
        + UnguardedEngineRules(spec: spec, capabilities: known).broken
    }
    let place = spec.range(of: EngineFields.type)
    let available = capabilities.keys.sorted()
    if Self.planned.contains(type) {
      return [
        Diagnostic(
          .unavailableEngine, "engines of type `\(type)` are not available in this version", at: place,
          help: Help("available: \(available.map { "`\($0)`" }.joined(separator: ", "))"))
      ]
    }
    let near = nearest(type, among: available + Self.planned)
    return [
      Diagnostic(
        .unknownEngineType, "there is no type of engine `\(excerpt(type))`", at: place,
        help: near.map { Help("did you mean `\($0)`?", replacement: $0) } ?? Help("available: \(oneOf(available))"))
    ]
  }

  /// An engine whose interface wants credentials has an address too.
  private func missingConnection(_ known: Capabilities) -> [Diagnostic] {
    guard !known.credentials.isEmpty else { return [] }
    var missing: [String] = spec.says(EngineFields.baseURL) ? [] : ["baseURL: https://…"]
    let given = Set((spec[EngineFields.credentials] ?? []).map(\.key))
    let lacking = known.credentials.filter { !given.contains($0) }
    if !lacking.isEmpty {
      missing.append("credentials: {" + lacking.map { "\($0): {fromEnv: NAME}" }.joined(separator: ", ") + "}")
    }
    return missing.map { text in
      let key = text.prefix { $0 != ":" }
      return Diagnostic(
        .missingKey, "an engine of type `\(known.engineType)` needs the key `\(key)`", at: spec.range,
        help: Help("add `\(text)`"))
    }
  }

  private func unknownCredentials(_ known: Capabilities) -> [Diagnostic] {
    guard !known.credentials.isEmpty else { return [] }
    return (spec[EngineFields.credentials] ?? []).filter { !known.credentials.contains($0.key) }.map { entry in
      Diagnostic(
        .unknownCredential, "an engine of type `\(known.engineType)` takes no credential `\(excerpt(entry.key))`",
        at: entry.value.range, help: Help("it takes \(oneOf(known.credentials))"))
    }
  }

  private var meaningless: [Diagnostic] {
    let fields: [any DescribedField] = [EngineFields.baseURL, EngineFields.credentials]
    return fields.filter { spec.says($0) }.map { field in
      Diagnostic(
        .meaninglessKey, "`\(field.description.key)` means nothing for an engine of type `local`",
        at: spec.keyRange(of: field),
        secondary: [LabelledRange(spec.range(of: EngineFields.type), "the type")], help: Help("remove it"))
    }
  }
}
