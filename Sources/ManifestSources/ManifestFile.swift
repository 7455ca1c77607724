public import PipelineModel

/// A manifest file's bytes, and where they came from.
public struct ManifestFile: Hashable, Sendable {
  /// As the user named it, or found below what the user named; `<stdin>` for standard input.
  public let name: String
  public let bytes: [UInt8]
  public let sourceSet: SourceSet

  public init(name: String, bytes: [UInt8], sourceSet: SourceSet) {
    self.name = name
    self.bytes = bytes
    self.sourceSet = sourceSet
  }
}
