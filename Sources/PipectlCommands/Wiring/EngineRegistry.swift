import EngineAPI
import Foundation
import PipelineModel
import SQLiteStore
import Synchronization

/// The engines of a state folder: the embedded one, those that are recorded there, and those that manifests at hand describe.
///
/// Each remote one is built once for as long as its description stays, so that it keeps its connections.
final class EngineRegistry: EngineDirectory {
  private let local: any Engine
  private let factory: EngineFactory
  /// Absent while the state folder does not exist.
  private let store: SQLiteStore?
  /// How an engine is used once it is built.
  private let wrap: @Sendable (any Engine) -> any Engine
  private let known = Mutex(Known())

  private struct Known {
    /// As recorded.
    var specs: [EngineName: EngineSpec] = [:]
    /// Of each name at most two: as recorded, and as manifests at hand describe it.
    var built: [EngineName: [Built]] = [:]
  }

  private struct Built {
    var spec: EngineSpec
    var engine: any Engine
  }

  private static let key = "spec"

  init(
    local: any Engine, store: SQLiteStore?, factory: EngineFactory,
    wrap: @escaping @Sendable (any Engine) -> any Engine = { $0 }
  ) {
    self.local = local
    self.store = store
    self.factory = factory
    self.wrap = wrap
  }

  func engine(_ name: EngineName, as spec: EngineSpec?) -> (any Engine)? {
    if name == .local { return local }
    return known.withLock { known in
      guard let spec = spec ?? recordedSpec(name, &known) else { return nil }
      return built(spec, &known)
    }
  }

  func record(_ spec: EngineSpec) throws(EngineError) {
    guard known.withLock({ recordedSpec(spec.name, &$0) }) != spec else { return }
    guard let text = try? jsonText(spec) else {
      throw EngineError(.brokenInput, "engine `\(spec.name)` cannot be written down", .terminal)
    }
    try store?.change(Self.key, of: spec.name) { _ in text }
    known.withLock { known in
      known.specs[spec.name] = spec
      known.built[spec.name]?.removeAll { $0.spec != spec }
    }
  }

  var recorded: [any Engine] {
    // What cannot be read now is told where its pipelines are looked at.
    let documents = (try? store?.documents(named: Self.key)) ?? []
    return [local] + documents.compactMap { engine($0.engine, as: nil) }
  }

  private func recordedSpec(_ name: EngineName, _ known: inout Known) -> EngineSpec? {
    if let spec = known.specs[name] { return spec }
    let documents = (try? store?.documents(of: name)) ?? []
    guard let text = documents.first(where: { $0.key == Self.key })?.text,
      let spec = try? JSONDecoder().decode(EngineSpec.self, from: Data(text.utf8))
    else { return nil }
    known.specs[name] = spec
    return spec
  }

  private func built(_ spec: EngineSpec, _ known: inout Known) -> any Engine {
    if let built = known.built[spec.name]?.first(where: { $0.spec == spec }) { return built.engine }
    let engine = wrap(factory.engine(spec))
    let kept = known.built[spec.name, default: []].filter { $0.spec == known.specs[spec.name] }
    known.built[spec.name] = kept + [Built(spec: spec, engine: engine)]
    return engine
  }
}
