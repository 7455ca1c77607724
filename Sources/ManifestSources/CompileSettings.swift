public import PipelineModel
public import ManifestCompiler

/// What a compilation depends on besides the manifests; the same as long as a source is followed.
public struct CompileSettings: Sendable {
  /// The environment chosen with `--env`.
  public var environment: String?
  /// The IANA names that are known; empty: every name is accepted.
  public var knownZones: Set<String>
  /// What each type of engine can do.
  public var capabilities: [String: Capabilities]
  public var settingCheck: CompileOptions.SettingCheck
  /// Whether what comes out is kept for long, and so is laid together in memory after a compilation of everything.
  public var isKept = false

  public init(
    environment: String?, knownZones: Set<String>, capabilities: [String: Capabilities] = ["local": .local],
    settingCheck: @escaping CompileOptions.SettingCheck = { _, _ in [] }
  ) {
    self.environment = environment
    self.knownZones = knownZones
    self.capabilities = capabilities
    self.settingCheck = settingCheck
  }
}
