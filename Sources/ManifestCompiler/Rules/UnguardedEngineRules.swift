import Diagnostics
import PipelineModel

/// What must hold for an engine whose interface asks nobody who calls, and for settings that only such engines have.
struct UnguardedEngineRules {
  let spec: CheckedObject
  let capabilities: Capabilities

  var broken: [Diagnostic] { missingAddress + farAddress + needlessCredentials + runs + meaningless }

  private var missingAddress: [Diagnostic] {
    guard capabilities.isUnguarded, !spec.says(EngineFields.baseURL) else { return [] }
    return [
      Diagnostic(
        .missingKey, "an engine of type `\(capabilities.engineType)` needs the key `baseURL`", at: spec.range,
        help: Help("add `baseURL: http://127.0.0.1:…`"))
    ]
  }

  private var farAddress: [Diagnostic] {
    guard capabilities.isUnguarded, let address = spec[EngineFields.baseURL], !isOnThisMachine(address),
      spec[EngineFields.allowRemote] == false
    else { return [] }
    return [
      Diagnostic(
        .unguardedAddress,
        "an engine of type `\(capabilities.engineType)` asks nobody who calls, and this one is on another machine",
        at: spec.range(of: EngineFields.baseURL),
        help: Help(
          "reach it through a tunnel to this machine; or, if nobody else can reach it, say `allowRemote: true`"))
    ]
  }

  private var needlessCredentials: [Diagnostic] {
    guard capabilities.isUnguarded, spec.says(EngineFields.credentials) else { return [] }
    return [
      Diagnostic(
        .meaninglessKey, "`credentials` means nothing for an engine of type `\(capabilities.engineType)`",
        at: spec.keyRange(of: EngineFields.credentials), help: Help("remove it"))
    ]
  }

  private var runs: [Diagnostic] {
    guard capabilities.concurrency == .perEngine, spec.says(EngineFields.maxConcurrentRuns),
      let runs = spec[EngineFields.maxConcurrentRuns], runs != 1
    else { return [] }
    return [
      Diagnostic(
        .tooManyRuns, "an engine of type `\(capabilities.engineType)` runs one job at a time",
        at: spec.range(of: EngineFields.maxConcurrentRuns), help: Help("remove it"))
    ]
  }

  private var meaningless: [Diagnostic] {
    var fields: [any DescribedField] = []
    if !capabilities.isUnguarded { fields.append(EngineFields.allowRemote) }
    if !capabilities.modesOnRequest.contains(.continuous) { fields.append(EngineFields.continuous) }
    return fields.filter { spec.says($0) }.map { field in
      Diagnostic(
        .meaninglessKey,
        "`\(field.description.key)` means nothing for an engine of type `\(capabilities.engineType)`",
        at: spec.keyRange(of: field), help: Help("remove it"))
    }
  }

  /// An address without https is on this machine anyway.
  private func isOnThisMachine(_ address: String) -> Bool {
    guard address.hasPrefix("https://") else { return true }
    return isLoopback(authority: address.dropFirst("https://".count).prefix { !"/?#".contains($0) })
  }
}
