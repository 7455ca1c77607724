import EngineAPI
import EngineHTTP
import Foundation
import HevoEngine
import PipelineModel
import SQLiteStore
import StitchEngine

/// What engines of each type can do.
let capabilitiesByType: [String: Capabilities] = ["local": .local, "stitch": .stitch, "hevo": .hevo]

/// The engines besides the embedded one: those that manifests define, and those that pipelines of the state folder were applied with.
struct RemoteEngines {
  /// Absent while the state folder does not exist.
  let store: SQLiteStore?
  let isReadOnly: Bool

  private static let key = "spec"

  /// One for each name; what manifests say of an engine counts more than what was recorded.
  func engines(of desired: DesiredState) -> [any Engine] {
    var specs: [EngineName: EngineSpec] = [:]
    // Where they cannot be read the engine that is missing is told as missing.
    for (_, text) in (try? store?.documents(named: Self.key)) ?? [] {
      guard let spec = try? JSONDecoder().decode(EngineSpec.self, from: Data(text.utf8)) else { continue }
      specs[spec.name] = spec
    }
    for spec in Self.specs(in: desired) { specs[spec.name] = spec }
    return specs.values.sorted { $0.name < $1.name }.map { engine($0) }
  }

  /// Records how the engines of these pipelines are reached, for commands that have no manifests at hand.
  func remember(_ desired: DesiredState) throws(EngineError) {
    for spec in Self.specs(in: desired) {
      guard let text = try? jsonText(spec) else { continue }
      try store?.change(Self.key, of: spec.name) { _ in text }
    }
  }

  private static func specs(in desired: DesiredState) -> Set<EngineSpec> {
    Set(desired.pipelines.lazy.map(\.spec.engine).filter { $0.connection != nil })
  }

  private func engine(_ spec: EngineSpec) -> any Engine {
    do {
      let memory: any EngineMemory = store ?? NewFolder()
      if spec.type == "hevo" {
        return HevoEngine(
          name: spec.name, caller: try caller(for: spec), pacing: MachinePacing(), memory: memory, isReadOnly: isReadOnly)
      }
      return try StitchEngine(
        name: spec.name, caller: caller(for: spec), pacing: MachinePacing(), memory: memory, isReadOnly: isReadOnly)
    } catch let error as EngineError {
      return UnreachableEngine(name: spec.name, reason: error.message)
    } catch {
      return UnreachableEngine(name: spec.name, reason: "\(error)")
    }
  }

  private func caller(for spec: EngineSpec) throws -> HTTPCaller {
    guard let connection = spec.connection, let base = BaseURL(connection.baseURL) else {
      throw EngineError(.brokenInput, "the engine's `baseURL` is no address", .terminal)
    }
    let environment = ProcessInfo.processInfo.environment
    func secret(_ name: String) throws -> String {
      guard let found = connection.credentials.first(where: { $0.name == name }) else {
        throw EngineError(.brokenInput, "the engine's `credentials` have no `\(name)`", .terminal)
      }
      return try found.secret.value(in: environment)
    }
    let credential: Credential =
      spec.type == "hevo" ? .basic(user: try secret("key"), password: try secret("secret")) : .bearer(try secret("token"))
    let proxy = try ProxyChoice(for: base, environment: environment)
    return HTTPCaller(
      base: base, transport: PooledTransport(proxy: proxy), pacing: MachinePacing(), credential: credential)
  }
}
