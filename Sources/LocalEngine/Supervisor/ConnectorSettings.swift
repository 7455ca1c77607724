internal import PipelineModel
internal import SingerProtocol

/// The settings of both ends of a run, with their secrets.
struct ConnectorSettings {
  let replication: Replication
  let tapConfig: JSONValue
  let targetConfig: JSONValue
  let tapEnvironment: JSONValue
  let targetEnvironment: JSONValue
  /// Every secret in them.
  let secrets: [String]

  init(_ specification: RunSpecification) throws(Failure) {
    guard case .replication(let replication) = specification.order.spec.work else {
      throw Failure(.supervisorFailed, "the local engine runs only pipelines with a source and a destination")
    }
    guard Files.exists(specification.workingDirectory) else {
      throw Failure(
        .supervisorFailed, "the folder `\(specification.workingDirectory)`, in which the run was ordered, is gone")
    }
    self.replication = replication
    var resolver = SecretResolver(directory: specification.workingDirectory)
    tapConfig = try resolver.resolve(replication.source.config)
    targetConfig = try resolver.resolve(replication.destination.config)
    tapEnvironment = try resolver.resolve(replication.source.environment)
    targetEnvironment = try resolver.resolve(replication.destination.environment)
    secrets = resolver.secrets
  }
}
