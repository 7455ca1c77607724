import LocalEngine
import PipelineModel

/// One end of pipelines: looked at once, however many have it.
struct LiveEnd: Hashable, Sendable {
  let role: ConnectorProbe.Role
  let connection: Connection

  /// The source and the destination; none where another engine holds the definition, or one command is the whole job.
  static func both(of pipeline: DesiredPipeline) -> [LiveEnd] {
    switch pipeline.spec.work {
    case .replication(let replication):
      [
        LiveEnd(role: .source, connection: replication.source),
        LiveEnd(role: .destination, connection: replication.destination),
      ]
    case .remote, .command, .migration: []
    }
  }

  /// Where it stands in a pipeline.
  var key: String {
    switch role {
    case .source: "source"
    case .destination: "destination"
    }
  }

  /// Where its program is named.
  var programPath: String {
    switch connection.connector {
    case .builtin: "\(key).connector.name"
    case .executable: "\(key).connector.executable"
    case .package: "\(key).connector.package"
    }
  }

  /// What people call it.
  var title: String {
    switch connection.connector {
    case .builtin(let name): name
    case .executable(let path): String(path.split(separator: "/").last ?? "")
    case .package(let requirement, let executable): executable ?? PackageRequirement(requirement)?.name ?? requirement
    }
  }
}
