/// The engine that executes a pipeline's jobs.
public struct EngineSpec: Hashable, Codable, Sendable {
  public var name: EngineName
  /// `local`, or that of a remote one.
  public var type: String
  public var maxConcurrentRuns: Int
  /// Absent for the embedded one.
  public var connection: EngineConnection?

  public init(name: EngineName, type: String, maxConcurrentRuns: Int = 32, connection: EngineConnection? = nil) {
    self.name = name
    self.type = type
    self.maxConcurrentRuns = maxConcurrentRuns
    self.connection = connection
  }

  public static let local = EngineSpec(name: .local, type: "local")
}

/// How a remote engine is reached.
public struct EngineConnection: Hashable, Codable, Sendable {
  public var baseURL: String
  /// Sorted by name.
  public var credentials: [NamedSecret]

  public struct NamedSecret: Hashable, Codable, Sendable {
    public var name: String
    public var secret: SecretReference

    public init(_ name: String, _ secret: SecretReference) {
      self.name = name
      self.secret = secret
    }
  }

  public init(baseURL: String, credentials: [NamedSecret]) {
    self.baseURL = baseURL
    self.credentials = credentials
  }
}
