import Diagnostics
import PipelineModel

/// The manifests in files and folders, read again and again.
///
/// All files are read each time, since neither their times nor their sizes tell reliably that they are the same; only what differs is
/// compiled.
public struct FolderSource: Sendable {
  /// As for `-f`.
  public let arguments: [String]
  /// What is known of the manifests that were read before.
  public private(set) var cache: ManifestCache

  public init(_ arguments: [String], settings: CompileSettings) {
    self.arguments = arguments
    cache = ManifestCache(settings)
  }

  /// A folder that cannot be read, or holds no manifest, is an error among the diagnostics. The version is the same for the same
  /// contents, everywhere.
  public mutating func read() -> (version: String, manifests: LoadedManifests) {
    let listing = readManifests(arguments) { [] }
    let files = Dictionary(listing.files.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    let versions = listing.files.map { ManifestVersion(name: $0.name, version: Self.version(of: $0.bytes)) }
    let manifests = cache.load(versions, of: listing.sourceSets, unread: listing.diagnostics) { names in
      names.compactMap { files[$0] }
    }
    return (Self.version(of: listing), manifests)
  }

  private static func version(of listing: ManifestListing) -> String {
    var digest = StableDigest()
    for file in listing.files.sorted(by: { $0.name < $1.name }) {
      digest.add("\(file.name)\n\(file.bytes.count)\n")
      digest.add(file.bytes)
    }
    for diagnostic in listing.diagnostics { digest.add("\(diagnostic.code) \(diagnostic.headline)\n") }
    return digest.text
  }

  /// Tells contents apart within this process.
  private static func version(of bytes: [UInt8]) -> String {
    var hasher = Hasher()
    bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
    return "\(bytes.count)-\(hasher.finalize())"
  }
}
