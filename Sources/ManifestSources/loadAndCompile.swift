public import Diagnostics
public import ManifestCompiler
import ManifestSyntax
public import PipelineModel

/// Manifests as far as they could be read: the compiled model, and everything that is wrong.
public struct LoadedManifests: Sendable {
  public let compilation: Compilation
  /// Of files, syntax and meaning together, sorted.
  public let diagnostics: [Diagnostic]
  /// The bytes of every file by its name, to quote from.
  public let sources: [String: [UInt8]]
  /// One for each `-f`; meaningful only without errors.
  public let sourceSets: [SourceSet]
  /// Where pipelines ask for what their manifests have to agree to as well, where nobody can be asked, as `orders.yaml:12:5`; only of
  /// manifests that are followed.
  public var consentPlaces: [PipelineName: String] = [:]

  /// The same manifests with what was found out about them elsewhere.
  public func adding(_ more: [Diagnostic]) -> LoadedManifests {
    LoadedManifests(
      compilation: compilation, diagnostics: sortedForReport(diagnostics + more), sources: sources,
      sourceSets: sourceSets, consentPlaces: consentPlaces)
  }

  public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}

/// Reads, parses and compiles what `-f` arguments name; a mistake in one place hides none in another.
///
/// - Parameter keepsOrigins: whether it is to be known where every value comes from.
public func loadAndCompile(
  _ arguments: [String], environment: String?, knownZones: Set<String>,
  capabilities: [String: Capabilities] = ["local": .local],
  settingCheck: @escaping CompileOptions.SettingCheck = { _, _ in [] }, keepsOrigins: Bool = false,
  standardInput: () -> [UInt8]
) -> LoadedManifests {
  let listing = readManifests(arguments, standardInput: standardInput)
  let settings = CompileSettings(
    environment: environment, knownZones: knownZones, capabilities: capabilities, settingCheck: settingCheck)
  return compiled(listing, settings, keepsOrigins: keepsOrigins)
}

/// The same manifests once more, with where every value comes from: that is dear, and seldom asked for.
public func compiledWithOrigins(_ sources: [String: [UInt8]], _ settings: CompileSettings) -> Compilation {
  var listing = ManifestListing()
  listing.files = sources.sorted { $0.key < $1.key }.map { name, bytes in
    ManifestFile(name: name, bytes: bytes, sourceSet: .path(name))
  }
  return compiled(listing, settings, keepsOrigins: true).compilation
}

/// Parses and compiles what was read.
func compiled(_ listing: ManifestListing, _ settings: CompileSettings, keepsOrigins: Bool) -> LoadedManifests {
  let cores = OverCores()
  let sets = Dictionary(listing.files.map { ($0.name, $0.sourceSet) }, uniquingKeysWith: { first, _ in first })
  var options = CompileOptions(
    environment: settings.environment, knownTimeZones: settings.knownZones, capabilities: settings.capabilities,
    settingCheck: settings.settingCheck,
    sourceSet: { sets[$0] ?? .path($0) }, keepsOrigins: keepsOrigins, spreading: cores)
  if !listing.diagnostics.contains(where: { $0.severity == .error }),
    let compilation = compile(parts(of: listing.files, cores), options: options)
  {
    return LoadedManifests(compilation, of: listing, unread: listing.diagnostics)
  }
  var parsed = parse(listing.files, cores)
  let unread = listing.diagnostics + parsed.diagnostics
  options.isPartial = unread.contains { $0.severity == .error }
  return LoadedManifests(compile(parsed.takeDocuments(), options: options), of: listing, unread: unread)
}

extension LoadedManifests {
  fileprivate init(_ compilation: Compilation, of listing: ManifestListing, unread: [Diagnostic]) {
    self.init(
      compilation: compilation, diagnostics: sortedForReport(unread + compilation.diagnostics),
      sources: Dictionary(listing.files.map { ($0.name, $0.bytes) }, uniquingKeysWith: { first, _ in first }),
      sourceSets: listing.sourceSets)
  }
}

/// Files that are not read yet, large ones in parts.
private func parts(of files: [ManifestFile], _ cores: OverCores) -> [ManifestPart] {
  files.flatMap { ManifestPart.parts(bytes: $0.bytes, file: $0.name, spreading: cores) }
}

/// What is in files, in their order.
struct ParsedFiles {
  private var documents: [SyntaxDocument] = []
  private(set) var diagnostics: [Diagnostic] = []

  mutating func add(_ result: SyntaxResult) {
    documents += result.documents
    diagnostics += result.diagnostics
  }

  /// Hands the trees out, and keeps none of them: they are the largest part of all.
  mutating func takeDocuments() -> [SyntaxDocument] {
    defer { documents = [] }
    return documents
  }
}

/// Large files are spread in themselves, the others over their number.
func parse(_ files: [ManifestFile], _ cores: OverCores) -> ParsedFiles {
  var parsed = ParsedFiles()
  if files.count == 1 {
    parsed.add(parseManifest(bytes: files[0].bytes, file: files[0].name, spreading: cores))
    return parsed
  }
  let size = 32
  let parts = stride(from: 0, to: files.count, by: size).map { files[$0..<min($0 + size, files.count)] }
  for results in cores.map(parts, { part in part.map { parseManifest(bytes: $0.bytes, file: $0.name) } }) {
    for result in results { parsed.add(result) }
  }
  return parsed
}
