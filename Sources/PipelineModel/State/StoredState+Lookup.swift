extension StoredState {
  /// Found by bisection, since everything here is sorted.
  public func pipeline(_ name: PipelineName) -> PipelineRecord? {
    pipelines.found(name, by: \.name)
  }

  public func run(_ id: RunID) -> RunRecord? {
    runs.found(id, by: \.id)
  }

  /// The active and the latest run of a pipeline, sorted.
  public func runs(of pipeline: PipelineName) -> ArraySlice<RunRecord> {
    let first = runs.firstPosition { $0.id.pipeline >= pipeline }
    return runs[first...].prefix { $0.id.pipeline == pipeline }
  }

  /// Sorted.
  public func requests(of pipeline: PipelineName) -> ArraySlice<RequestRecord> {
    let first = requests.firstPosition { $0.key.pipeline >= pipeline }
    return requests[first...].prefix { $0.key.pipeline == pipeline }
  }

  public func request(_ key: RequestKey) -> RequestRecord? {
    requests.found(key, by: \.key)
  }

  public func schedule(of pipeline: PipelineName) -> ScheduleProgress? {
    schedules.found(pipeline, by: \.pipeline)
  }

  public func intent(_ id: OperationID) -> Intent? {
    intents.found(id, by: \.id)
  }

  /// The requests whose effect is under way on that run, sorted.
  public func requests(actingOn run: RunID) -> [RequestRecord] {
    let first = requests.firstPosition { $0.key.pipeline >= run.pipeline }
    return requests[first...].prefix { $0.key.pipeline == run.pipeline }.filter { $0.state == .acting(run) }
  }
}
