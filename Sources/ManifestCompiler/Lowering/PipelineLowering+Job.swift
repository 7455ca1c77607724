import PipelineModel

extension PipelineLowering {
  func lower(job: CheckedObject) throws(AlreadyReported) -> JobRequest {
    JobRequest(
      request: RequestID(try job.require(JobFields.request)),
      action: try action(of: job),
      reason: job[JobFields.reason],
      expireAfter: job[JobFields.expireAfter])
  }

  private func action(of job: CheckedObject) throws(AlreadyReported) -> JobAction {
    switch try job.require(JobFields.action) {
    case .cancel: return .cancel
    case .complete: return .complete
    case .start:
      return .start(
        StartOptions(
          mode: job[JobFields.mode],
          ifRunning: try job.require(JobFields.ifRunning),
          dropDestinationFirst: try job.require(JobFields.dropDestinationFirst)))
    }
  }
}
