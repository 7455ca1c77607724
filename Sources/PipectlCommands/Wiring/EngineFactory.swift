import EngineAPI
import EngineHTTP
import Foundation
import HevoEngine
import PipelineModel
import RelationalMigratorEngine
import StitchEngine

/// What engines of each type can do.
let capabilitiesByType: [String: Capabilities] = [
  "local": .local, "stitch": .stitch, "hevo": .hevo, "relational-migrator": .relationalMigrator,
]

/// Builds the engine that a spec describes; each has a pool of connections of its own.
struct EngineFactory {
  let memory: any EngineMemory
  let isReadOnly: Bool
  let environment = ProcessInfo.processInfo.environment

  func engine(_ spec: EngineSpec) -> any Engine {
    do {
      switch spec.type {
      case "stitch":
        let token = try secret("token", of: spec)
        return StitchEngine(
          name: spec.name, caller: try caller(for: spec) { () throws(EngineError) in .bearer(try token()) },
          pacing: MachinePacing(), memory: memory, isReadOnly: isReadOnly)
      case "hevo":
        let (key, secret) = (try secret("key", of: spec), try secret("secret", of: spec))
        let caller = try caller(for: spec) { () throws(EngineError) in
          .basic(user: try key(), password: try secret())
        }
        return HevoEngine(
          name: spec.name, caller: caller, pacing: MachinePacing(), memory: memory, isReadOnly: isReadOnly)
      case "relational-migrator":
        return RelationalMigratorEngine(
          name: spec.name, caller: try caller(for: spec) { nil }, pacing: MachinePacing(), memory: memory,
          isReadOnly: isReadOnly
        ) { [environment] reference throws(EngineError) in try reference.value(in: environment) }
      case let type: throw EngineError(.refused, "this pipectl knows no engines of type `\(type)`", .terminal)
      }
    } catch let error as EngineError {
      return UnreachableEngine(name: spec.name, reason: error.message)
    } catch {
      return UnreachableEngine(name: spec.name, reason: "\(error)")
    }
  }

  private func caller(for spec: EngineSpec, credentials: @escaping HTTPCaller.CredentialSource) throws -> HTTPCaller {
    guard let connection = spec.connection, let base = BaseURL(connection.baseURL) else {
      throw EngineError(.brokenInput, "the engine's `baseURL` is no address", .terminal)
    }
    let proxy = try ProxyChoice(for: base, environment: environment)
    return HTTPCaller(
      base: base, transport: PooledTransport(proxy: proxy), pacing: MachinePacing(), credentials: credentials)
  }

  /// One of the engine's credentials, read anew for every call.
  private func secret(
    _ name: String, of spec: EngineSpec
  ) throws(EngineError) -> @Sendable () throws(EngineError) -> String {
    guard let reference = spec.connection?.credentials.first(where: { $0.name == name })?.secret else {
      throw EngineError(.brokenInput, "the engine's `credentials` have no `\(name)`", .terminal)
    }
    return { [environment] () throws(EngineError) in try reference.value(in: environment) }
  }
}
