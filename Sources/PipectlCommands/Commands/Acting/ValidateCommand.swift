import ArgumentParser
import Diagnostics
import ManifestCompiler
import ManifestSources

struct ValidateCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate", abstract: "Check manifests without looking at anything else.")

  @OptionGroup var manifests: ManifestOptions
  @Flag(help: "Tell where each value came from.")
  var showOrigin = false
  @Option(name: .shortAndLong, help: "text, json or yaml; json is --format json.")
  var output: DocumentFormat = .text
  @OptionGroup var mistakes: MistakeOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    try manifests.demandFiles()
    try mistakes.refuse(beside: output)
    if showOrigin, output != .text || mistakes.format.isDocument {
      throw ValidationError("--show-origin is for people: it stands beside --format human or github only")
    }
  }

  func verdict() throws -> Verdict {
    let terminal = global.terminal
    let loaded = manifests.load(keepsOrigins: showOrigin)
    let mistakes = Mistakes(loaded, of: manifests)
    try terminal.show(mistakes, as: self.mistakes.format, beside: document)
    if let form = output.data { try terminal.document(mistakes.report, as: form) }
    // How many there are was said below them.
    if loaded.hasErrors { return .failed(nil) }
    if showOrigin { terminal.data(loaded.originText) }
    return .done("Valid: \(counted(loaded.compilation.pipelines.count, "pipeline")).")
  }
}
