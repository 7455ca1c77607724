import ArgumentParser

/// How mistakes in manifests are written.
enum MistakeFormat: String, CaseIterable, ExpressibleByArgument {
  /// With excerpts, for people.
  case human
  /// A `DiagnosticList`.
  case json
  /// Workflow commands of GitHub Actions.
  case github
  /// SARIF 2.1.0.
  case sarif
  /// A comment for a pull request.
  case markdown

  /// Whether the report is a document, which has standard output for itself.
  var isDocument: Bool {
    switch self {
    case .human, .github: false
    case .json, .sarif, .markdown: true
    }
  }
}

/// How mistakes in manifests are told.
struct MistakeOptions: ParsableArguments {
  @Option(
    help: """
      How mistakes in manifests are written: human (on standard error), github (annotations), json, sarif or markdown. The last \
      three are one document on standard output, also where there is no mistake, and what else is said goes to standard error.
      """)
  var format: MistakeFormat = .human

  /// Two documents do not fit on one standard output.
  func refuse(beside output: some AnswerFormat) throws {
    guard format.isDocument, output.document != nil else { return }
    throw ValidationError(
      "-o \(output) and --format \(format) both want standard output: leave one of them away")
  }

  /// Where the answer goes: to standard error while a report has standard output.
  func terminal(_ global: GlobalOptions) -> Terminal {
    var terminal = global.terminal
    terminal.answersBeside = format.isDocument
    return terminal
  }
}
