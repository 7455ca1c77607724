/// The fields that a new pipeline declares, as additions: what it is asked to do, without the defaults that nobody wrote.
public func declaredFields(of pipeline: DesiredPipeline) -> [FieldChange] {
  let plain = DesiredPipeline(
    name: pipeline.name, spec: PipelineSpec(work: pipeline.spec.work.plain, job: pipeline.spec.job?.plain),
    sourceSet: pipeline.sourceSet)
  let defaults = Set(fields(of: plain))
  return fieldChanges(from: nil, to: pipeline).filter { change in
    guard let after = change.after, defaults.contains(SpecField(path: change.path, text: after)) else { return true }
    return alwaysShown.contains { change.path.hasPrefix($0) }
  }
}

private let alwaysShown = [
  "spec.source", "spec.destination", "spec.streams", "spec.remote", "spec.command.argv", "spec.command.env",
  "spec.command.workingDirectory", "spec.migration.project", "spec.migration.source", "spec.migration.destination",
  "spec.job.action", "spec.job.request",
]

extension Work {
  /// The same work, with what a command declares and a migration's options left away.
  fileprivate var plain: Work {
    switch self {
    case .command(let job):
      .command(CommandJob(argv: job.argv, environment: job.environment, workingDirectory: job.workingDirectory))
    case .migration(let migration):
      .migration(
        Migration(project: migration.project, source: migration.source, destination: migration.destination))
    case .replication, .remote: self
    }
  }
}

extension JobRequest {
  /// The same request with nothing said about how.
  fileprivate var plain: JobRequest {
    switch action {
    case .start: JobRequest(request: request, action: .start(StartOptions()))
    case .cancel, .complete: JobRequest(request: request, action: action)
    }
  }
}
