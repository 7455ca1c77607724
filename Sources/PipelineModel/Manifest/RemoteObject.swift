/// What an engine holds under an id of its own; one pipeline at most describes it.
public struct RemoteObject: Hashable, Sendable {
  public let engine: EngineName
  public let id: String

  public init(engine: EngineName, id: String) {
    self.engine = engine
    self.id = id
  }
}

extension PipelineSpec {
  /// What the pipeline describes of what its engine holds; absent where the manifests define the whole work.
  public var remoteObject: RemoteObject? {
    switch work {
    case .remote(let id): RemoteObject(engine: engine.name, id: id)
    case .replication, .command, .migration: nil
    }
  }
}
