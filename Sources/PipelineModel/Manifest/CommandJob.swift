/// One program whose run is the whole job: pipectl starts, watches and ends it, and does not know what it does to data.
public struct CommandJob: Hashable, Codable, Sendable {
  /// The program first: an absolute path, or a bare name to be found on PATH. Never empty.
  public var argv: [String]
  /// What the program's environment holds besides the few variables every child gets; sorted by key.
  public var environment: [ConfigEntry]
  /// Absolute; absent: the folder in which the run was ordered.
  public var workingDirectory: String?
  public var capabilities: CommandCapabilities

  public init(
    argv: [String], environment: [ConfigEntry] = [], workingDirectory: String? = nil,
    capabilities: CommandCapabilities = CommandCapabilities()
  ) {
    self.argv = argv
    self.environment = environment
    self.workingDirectory = workingDirectory
    self.capabilities = capabilities
  }
}

/// What a command says of itself that it can be asked for.
public struct CommandCapabilities: Hashable, Codable, Sendable {
  /// In the order of all modes; the program finds its run's mode in its environment.
  public var modes: [RunMode]
  /// Whether a continuous run ends well, with 0, after SIGINT.
  public var canComplete: Bool
  /// Whether it empties its destination first when its environment says so.
  public var canDropDestinationFirst: Bool

  public init(modes: Set<RunMode> = [.incremental], canComplete: Bool = false, canDropDestinationFirst: Bool = false) {
    self.modes = RunMode.allCases.filter(modes.contains)
    self.canComplete = canComplete
    self.canDropDestinationFirst = canDropDestinationFirst
  }
}
