import Diagnostics
import ManifestSyntax
import PipelineModel
import Testing

@testable import ManifestCompiler

/// Compiles files given as texts, and keeps what their syntax has against them.
func compile(files: [(name: String, text: String)], options: CompileOptions = .forTests) -> Compilation {
  let parsed = files.map { parseManifest(bytes: Array($0.text.utf8), file: $0.name) }
  let compiled = ManifestCompiler.compile(parsed.flatMap(\.documents), options: options)
  expectTheSame(compiled, fromBytesOf: files, options)
  let all = sortedForReport(parsed.flatMap(\.diagnostics) + compiled.diagnostics)
  return Compilation(pipelines: compiled.pipelines, diagnostics: all, origins: compiled.origins)
}

/// Compiles files that are not read yet; nil where they have to be read first.
func compileOnTheWay(
  _ files: [(name: String, text: String)], _ options: CompileOptions = .forTests
) -> Compilation? {
  let parts = files.flatMap { ManifestPart.parts(bytes: Array($0.text.utf8), file: $0.name) }
  return ManifestCompiler.compile(parts, options: options)
}

/// Whether the files are read before they are compiled, or on the way, makes no difference.
private func expectTheSame(
  _ compiled: Compilation, fromBytesOf files: [(name: String, text: String)], _ options: CompileOptions
) {
  guard let onTheWay = compileOnTheWay(files, options) else { return }
  #expect(onTheWay.pipelines == compiled.pipelines)
  #expect(onTheWay.diagnostics == compiled.diagnostics)
  #expect(onTheWay.origins == compiled.origins)
}

func compile(_ text: String, options: CompileOptions = .forTests) -> Compilation {
  compile(files: [("test.yaml", text)], options: options)
}

extension CompileOptions {
  static let forTests = CompileOptions(
    knownTimeZones: ["Europe/Berlin", "Europe/Paris", "America/New_York"],
    capabilities: ["local": .local, "acme": .acme, "mover": .mover], settingCheck: stubbornSettings)

  /// What a built-in connector could have against its settings: an unknown key, a wrong type, something missing below and at the root.
  private static let stubbornSettings: SettingCheck = { connector, settings in
    guard case .object(let entries) = settings else { return [] }
    return entries.compactMap { entry in
      switch (entry.key, entry.value) {
      case ("batchRow", _): SettingProblem(at: ["batchRow"], isUnknownKey: true, "`\(connector)` has no `batchRow`")
      case ("batchRows", .string): SettingProblem(at: ["batchRows"], "`batchRows` must be of type integer")
      case ("files", _): SettingProblem(at: ["files", "1", "path"], "`path` is missing")
      case ("wantsMore", _): SettingProblem(at: ["more"], "`more` is missing")
      case _: nil
      }
    }
  }
}

extension Capabilities {
  /// A remote engine that keeps its schedules and can do little.
  static let acme = Capabilities(
    engineType: "acme", modes: [.incremental], scheduleOwner: .engine, canComplete: false,
    canDropDestinationFirst: false, concurrency: .perPipeline, startReceipt: .none, stopKey: .unit,
    tailAfterStop: .loadsContinue, pause: .unitDisabled,
    conduct: EngineConduct(
      liveness: .jobList, startWhilePaused: .refused, lostStart: .readBack, cancelProof: .jobState,
      afterCancel: .goesOn,
      pauseTouchesRun: .ifAsked, overrun: .skippedUnseen, holdsByItself: false),
    schedules: ScheduleAbility(
      steps: [TimeSpan(seconds: 1800), TimeSpan(seconds: 3600)], anchoredFrom: TimeSpan(seconds: 3600),
      cron: .oneDayField, isUTCOnly: true, canBeAbsent: true),
    credentials: ["token"])

  /// One that runs migrations, one at a time, for whoever reaches it.
  static let mover = Capabilities(
    engineType: "mover", modes: [.snapshot, .continuous], scheduleOwner: .pipectl, canComplete: true,
    canDropDestinationFirst: true, concurrency: .perEngine, startReceipt: .runID, stopKey: .run,
    tailAfterStop: .none, pause: .schedulerOnly,
    conduct: EngineConduct(
      liveness: .jobList, startWhilePaused: .allowed, lostStart: .readBack, cancelProof: .jobState,
      afterCancel: .startsOver, pauseTouchesRun: .never, overrun: .asDeclared, holdsByItself: false),
    isUnguarded: true, takesMigrations: true,
    modesOnRequest: [.continuous])
}

extension Compilation {
  var codes: [String] { diagnostics.map(\.code.text) }
}

/// A pipeline with these lines in its spec, besides its two ends.
func pipeline(_ lines: String..., name: String = "orders") -> String {
  """
  apiVersion: pipectl.dev/v1
  kind: Pipeline
  metadata: {name: \(name)}
  spec:
    source: {connector: {type: builtin, name: csv}, config: {path: in}}
    destination: {connector: {type: builtin, name: sqlite}, config: {path: out.db}}

  """ + lines.map { "  \($0)\n" }.joined()
}

/// A value of YAML.
func node(_ text: String) -> SyntaxNode? {
  parseManifest(bytes: Array("value: \(text)\n".utf8), file: "value.yaml").documents.first?.root["value"]
}
