public import PipelineModel

/// What there is to tell of one installation.
public struct ConnectorInstallation: Hashable, Sendable {
  /// Of its folder.
  public let name: String
  public let path: String
  /// Absent where nobody wrote it down.
  public let requirement: String?
  public let bytes: Int64
  public let contents: Contents?
  /// Whether a run uses it just now, or somebody makes it.
  public let isInUse: Bool

  /// What a complete one holds; one that is not complete is never used.
  public struct Contents: Hashable, Sendable {
    public let packageVersion: String
    /// `cpython 3.11.7`.
    public let python: String
    /// `uv` or `venv`.
    public let madeWith: String
    /// The programs of the package, sorted.
    public let executables: [String]
    public let madeAt: Timestamp
  }

  init(_ installation: Installation) {
    let record = installation.record
    name = installation.name
    path = installation.path
    requirement = record?.requirement ?? installation.noted
    bytes = installation.bytes
    isInUse = installation.isInUse
    contents = record.map {
      Contents(
        packageVersion: $0.packageVersion, python: "\($0.python.implementation) \($0.python.version)",
        madeWith: $0.madeWith, executables: $0.executables, madeAt: $0.madeAt)
    }
  }
}
