import PipelineModel
import Testing

@Suite struct DeclaredFieldsTests {
  private func declared(_ change: (inout PipelineSpec) -> Void = { _ in }) -> [String] {
    let source = Connection(name: nil, connector: .builtin("csv"), config: [])
    let destination = Connection(name: nil, connector: .builtin("jsonl"), config: [])
    let work = Work.replication(Replication(source: source, destination: destination, streams: .all))
    var spec = PipelineSpec(work: work)
    change(&spec)
    let pipeline = DesiredPipeline(name: PipelineName("a"), spec: spec, sourceSet: .standardInput)
    return declaredFields(of: pipeline).map(\.path)
  }

  @Test func `a new pipeline shows its ends and none of the defaults`() {
    #expect(!declared().isEmpty)
    #expect(declared().allSatisfy { $0.hasPrefix("spec.source") || $0.hasPrefix("spec.destination") })
  }

  @Test func `a value that differs from its default is shown`() {
    let paths = declared {
      $0.retry.attempts = 3
      $0.paused = .active
    }
    #expect(paths.contains("spec.retry.attempts"))
    #expect(paths.contains("spec.paused"))
    #expect(!paths.contains("spec.retry.backoff"))
  }

  @Test func `a request shows its id and its action, and how only where it was said`() {
    let plain = declared { $0.job = JobRequest(request: RequestID("r"), action: .start(StartOptions())) }
    #expect(plain.filter { $0.hasPrefix("spec.job") } == ["spec.job.action", "spec.job.request"])
    let waiting = declared {
      $0.job = JobRequest(request: RequestID("r"), action: .start(StartOptions(ifRunning: .wait)))
    }
    #expect(waiting.contains("spec.job.ifRunning"))
  }
}
