import ArgumentParser
import ManifestCompiler

struct SchemaCommand: VerdictCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the JSON Schema of manifests (draft 2020-12), for editors and other validators.")

  @OptionGroup var global: GlobalOptions

  func verdict() async throws -> Verdict {
    global.terminal.data(jsonSchema())
    return .done()
  }
}
