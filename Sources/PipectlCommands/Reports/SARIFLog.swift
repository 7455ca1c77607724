/// A log of SARIF 2.1.0, as far as pipectl writes one.
struct SARIFLog: Encodable {
  let schema = "https://json.schemastore.org/sarif-2.1.0.json"
  let version = "2.1.0"
  var runs: [Run]

  private enum CodingKeys: String, CodingKey {
    case schema = "$schema"
    case version, runs
  }

  struct Run: Encodable {
    var tool: Tool
    var results: [Result]
    /// Columns count Unicode scalars, as everywhere in pipectl.
    let columnKind = "unicodeCodePoints"
    let originalUriBaseIds = [ArtifactLocation.root: BaseLocation()]
  }

  /// Where the checkout is differs from machine to machine, so that is not said.
  struct BaseLocation: Encodable {
    let description = Message(text: "The root of the checkout.")
  }

  struct Tool: Encodable {
    var driver: Driver
  }

  struct Driver: Encodable {
    let name = "pipectl"
    var version: String
    var semanticVersion: String
    /// Every diagnostic that there is, sorted by code.
    var rules: [Rule]
  }

  struct Rule: Encodable {
    var id: String
    var name: String
    var shortDescription: Message
    var fullDescription: Message
    var help: Help
  }

  struct Help: Encodable {
    var text: String
    var markdown: String
  }

  struct Message: Encodable {
    var text: String
  }

  struct Result: Encodable {
    var ruleId: String
    /// Absent for a code without documentation.
    var ruleIndex: Int?
    var level: String
    var message: Message
    var locations: [Location]
    var relatedLocations: [Location]?
    var fixes: [Fix]?
    var partialFingerprints: [String: String]
  }

  struct Location: Encodable {
    var id: Int?
    var physicalLocation: PhysicalLocation
    var message: Message?
  }

  struct PhysicalLocation: Encodable {
    var artifactLocation: ArtifactLocation
    var region: Region?
  }

  struct ArtifactLocation: Encodable {
    static let root = "%SRCROOT%"
    var uri: String
    var uriBaseId: String?
    var description: Message?
  }

  /// One-based; the end is exclusive.
  struct Region: Encodable {
    var startLine: Int
    var startColumn: Int
    var endLine: Int
    var endColumn: Int
  }

  struct Fix: Encodable {
    var description: Message
    var artifactChanges: [ArtifactChange]
  }

  struct ArtifactChange: Encodable {
    var artifactLocation: ArtifactLocation
    var replacements: [Replacement]
  }

  struct Replacement: Encodable {
    var deletedRegion: Region
    var insertedContent: Message
  }
}
