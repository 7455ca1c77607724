/// The engine that executes a pipeline's jobs.
public struct EngineSpec: Hashable, Codable, Sendable {
  public var name: EngineName
  /// `local`, and later the remote ones.
  public var type: String
  public var maxConcurrentRuns: Int

  public init(name: EngineName, type: String, maxConcurrentRuns: Int = 32) {
    self.name = name
    self.type = type
    self.maxConcurrentRuns = maxConcurrentRuns
  }

  public static let local = EngineSpec(name: .local, type: "local")
}
