import ArgumentParser
import Diagnostics
import ManifestCompiler
import ManifestSources

struct ValidateCommand: VerdictCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate", abstract: "Check manifests without looking at anything else.")

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case human, json
  }

  @OptionGroup var manifests: ManifestOptions
  @Flag(help: "Tell where each value came from.")
  var showOrigin = false
  @Option(help: "How mistakes are written: for people on standard error, or as JSON on standard output.")
  var format: Format = .human
  @OptionGroup var global: GlobalOptions

  func validate() throws { try manifests.demandFiles() }

  func verdict() throws -> Verdict {
    let terminal = global.terminal
    let loaded = manifests.load(keepsOrigins: showOrigin)
    switch format {
    case .human: terminal.show(loaded)
    case .json: terminal.data(try jsonText(DiagnosticReport(loaded.diagnostics)))
    }
    // How many there are was said below them.
    if loaded.hasErrors { return .failed(nil) }
    if showOrigin { terminal.data(loaded.originText) }
    return .done("Valid: \(counted(loaded.compilation.pipelines.count, "pipeline")).")
  }
}
