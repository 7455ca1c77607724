import Foundation
import PipelineModel

/// A secret that imported manifests refer to; whoever runs pipectl fills it in.
struct ImportSecret: Codable, Hashable {
  /// `environment variable STITCH_TOKEN`, `file /run/secrets/stitch`.
  var reference: String
  /// What refers to it, sorted: `engine stitch-eu (credentials.token)`.
  var usedBy: [String]
  /// Whether it is there where this pipectl runs.
  var isThere: Bool

  /// Sorted by reference.
  static func all(of engine: EngineSpec, _ specs: [String: PipelineSpec]) -> [ImportSecret] {
    var users: [SecretReference: Set<String>] = [:]
    for credential in engine.connection?.credentials ?? [] {
      users[credential.secret, default: []].insert("engine \(engine.name) (credentials.\(credential.name))")
    }
    for (name, spec) in specs {
      for secret in spec.work.secrets { users[secret, default: []].insert("pipeline \(name)") }
    }
    return users.map { ImportSecret($0.key, usedBy: $0.value.sorted()) }.sorted { $0.reference < $1.reference }
  }

  private init(_ secret: SecretReference, usedBy users: [String]) {
    usedBy = users
    switch secret {
    case .environment(let name):
      reference = "environment variable \(name)"
      isThere = ProcessInfo.processInfo.environment[name].map { !$0.isEmpty } ?? false
    case .file(let path):
      reference = "file \(path)"
      isThere = FileManager.default.isReadableFile(atPath: path)
    }
  }
}

extension Work {
  fileprivate var secrets: Set<SecretReference> {
    switch self {
    case .remote: []
    case .migration(let migration):
      ConfigValue.object(migration.source.settings).secrets.union([migration.destination])
    case .command(let job): ConfigValue.object(job.environment).secrets
    case .replication(let replication):
      [replication.source, replication.destination].reduce(into: []) { found, end in
        found.formUnion(ConfigValue.object(end.config).secrets)
        found.formUnion(ConfigValue.object(end.environment).secrets)
      }
    }
  }
}

extension ConfigValue {
  fileprivate var secrets: Set<SecretReference> {
    switch self {
    case .secret(let reference): [reference]
    case .object(let entries): entries.reduce(into: []) { $0.formUnion($1.value.secrets) }
    case .array(let values): values.reduce(into: []) { $0.formUnion($1.secrets) }
    case .null, .bool, .int, .number, .string: []
    }
  }
}
