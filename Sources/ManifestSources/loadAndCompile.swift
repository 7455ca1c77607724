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

  /// The same manifests with what was found out about them elsewhere.
  public func adding(_ more: [Diagnostic]) -> LoadedManifests {
    LoadedManifests(
      compilation: compilation, diagnostics: sortedForReport(diagnostics + more), sources: sources,
      sourceSets: sourceSets)
  }

  public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}

/// Reads, parses and compiles what `-f` arguments name; a mistake in one place hides none in another.
public func loadAndCompile(
  _ arguments: [String], environment: String?, knownZones: Set<String>,
  settingCheck: @escaping CompileOptions.SettingCheck = { _, _ in [] }, standardInput: () -> [UInt8]
) -> LoadedManifests {
  let listing = readManifests(arguments, standardInput: standardInput)
  let parsed = listing.files.map { parseManifest(bytes: $0.bytes, file: $0.name) }
  let sets = Dictionary(listing.files.map { ($0.name, $0.sourceSet) }, uniquingKeysWith: { first, _ in first })
  let unread = listing.diagnostics + parsed.flatMap(\.diagnostics)
  let options = CompileOptions(
    environment: environment, knownTimeZones: knownZones, isPartial: unread.contains { $0.severity == .error },
    settingCheck: settingCheck,
    sourceSet: { sets[$0] ?? .path($0) })
  let compilation = compile(parsed.flatMap(\.documents), options: options)
  let diagnostics = unread + compilation.diagnostics
  return LoadedManifests(
    compilation: compilation, diagnostics: sortedForReport(diagnostics),
    sources: Dictionary(listing.files.map { ($0.name, $0.bytes) }, uniquingKeysWith: { first, _ in first }),
    sourceSets: listing.sourceSets)
}
