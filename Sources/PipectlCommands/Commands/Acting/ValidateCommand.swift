import ArgumentParser
import Diagnostics
import ManifestCompiler
import ManifestSources
import PipelineModel

struct ValidateCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate", abstract: "Check manifests; with --live, also what they speak of.",
    discussion: """
      With --live, secrets are read, connectors are started, and sources are asked what they offer: the chosen streams, keys and \
      fields are held against it. No run is started and nothing is recorded.
      """)

  @OptionGroup var manifests: ManifestOptions
  @OptionGroup var git: GitOptions
  @Flag(help: "Tell where each value came from.")
  var showOrigin = false
  @Flag(help: "Also look at the connectors: secrets, programs, settings, streams, keys and fields.")
  var live = false
  @Option(help: "With --live: the longest that one connector may take; 60s unless told otherwise.")
  var timeout: SpanArgument?
  @Option(name: .shortAndLong, help: "text, json or yaml; json is --format json.")
  var output: DocumentFormat = .text
  @OptionGroup var mistakes: MistakeOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if git.url == nil { try manifests.demandFiles() }
    if git.url != nil, live || showOrigin || !manifests.files.isEmpty {
      throw ValidationError("--git stands without -f, --live and --show-origin")
    }
    if timeout != nil, !live { throw ValidationError("--timeout means nothing without --live") }
    if let timeout, timeout.span < TimeSpan(seconds: 1) { throw ValidationError("--timeout is at least 1s") }
    try mistakes.refuse(beside: output)
    if showOrigin, output != .text || mistakes.format.isDocument {
      throw ValidationError("--show-origin is for people: it stands beside --format human or github only")
    }
  }

  func verdict() async throws -> Verdict {
    let terminal = global.terminal
    var loaded = try load()
    // What is wrong in the manifests would only show again.
    let found = live && !loaded.hasErrors ? await look(at: loaded.compilation) : nil
    if let signal = found?.signal {
      return .interrupted("Interrupted; nothing was started that is still there.", signal: signal)
    }
    loaded = loaded.adding(found?.diagnostics ?? [])
    keepToTheEnd(loaded)
    let mistakes = Mistakes(loaded, of: manifests)
    try terminal.show(mistakes, as: self.mistakes.format, beside: document)
    if let form = output.data { try terminal.document(mistakes.report, as: form) }
    if let found, output == .text, !self.mistakes.format.isDocument { terminal.data(found.text) }
    // How many there are was said below them.
    if loaded.hasErrors { return .failed(nil) }
    if showOrigin { terminal.data(loaded.originText) }
    let looked = live ? ", and their connectors were looked at" : ""
    return .done("Valid: \(counted(loaded.compilation.pipelines.count, "pipeline"))\(looked).")
  }

  private func load() throws(CommandEnd) -> LoadedManifests {
    guard let location = try git.location else { return manifests.load(keepsOrigins: showOrigin || live) }
    return try git.load(location, manifests.settings)
  }

  private func look(at compilation: Compilation) async -> LiveReport {
    Interruption.watch()
    let span = timeout?.span ?? TimeSpan(seconds: 60)
    return await LiveCheck(compilation, timeout: span, stateFolder: global.folder).run()
  }
}
