public import ManifestSyntax
public import PipelineModel

/// What a compilation depends on besides the manifests.
public struct CompileOptions: Sendable {
  /// The environment chosen with `--env`.
  public var environment: String?
  /// The IANA names that are known; empty: every name is accepted.
  public var knownTimeZones: Set<String>
  /// What each type of engine can do; a type that is not here is not available.
  public var capabilities: [String: Capabilities]
  /// Whether some documents could not be read: then what is not found is not reported.
  public var isPartial: Bool
  /// What a built-in connector has against its settings.
  public typealias SettingCheck = @Sendable (_ connector: String, _ settings: ConfigValue) -> [SettingProblem]
  public var settingCheck: SettingCheck
  /// The source set of a file, named as in its documents.
  public var sourceSet: @Sendable (_ file: String) -> SourceSet
  /// Whether the origins of all values are wanted: with many pipelines they are most of the result.
  public var keepsOrigins: Bool
  /// How the work on many pipelines is done.
  public var spreading: any Spreading

  public init(
    environment: String? = nil, knownTimeZones: Set<String> = [],
    capabilities: [String: Capabilities] = ["local": .local],
    isPartial: Bool = false,
    settingCheck: @escaping SettingCheck = { _, _ in [] },
    sourceSet: @escaping @Sendable (_ file: String) -> SourceSet = { $0 == "<stdin>" ? .standardInput : .path($0) },
    keepsOrigins: Bool = true, spreading: any Spreading = InTurn()
  ) {
    self.environment = environment
    self.knownTimeZones = knownTimeZones
    self.capabilities = capabilities
    self.isPartial = isPartial
    self.settingCheck = settingCheck
    self.sourceSet = sourceSet
    self.keepsOrigins = keepsOrigins
    self.spreading = spreading
  }
}
