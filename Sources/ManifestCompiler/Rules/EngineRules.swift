import Diagnostics
import PipelineModel

/// What must hold for an engine's manifest.
struct EngineRules {
  let spec: CheckedObject
  let capabilities: [String: Capabilities]

  /// Types that are planned, and not part of this version.
  private static let planned = ["hevo", "relational-migrator", "stitch"]

  var broken: [Diagnostic] {
    guard let type = spec[EngineFields.type] else { return [] }
    guard capabilities[type] == nil else { return type == EngineName.local.text ? meaningless : [] }
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
