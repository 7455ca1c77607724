import Diagnostics
import ManifestSources

/// What is wrong with manifests, and the files to quote from.
struct Mistakes: Sendable {
  let report: DiagnosticReport
  var sources: [String: [UInt8]] = [:]
  /// What `-f` named.
  var arguments: [String] = []
  var environment: String?

  init(_ report: DiagnosticReport) {
    self.report = report
  }

  init(_ loaded: LoadedManifests, of options: ManifestOptions) {
    report = DiagnosticReport(loaded.diagnostics)
    sources = loaded.sources
    arguments = options.files
    environment = options.environment
  }
}

extension Mistakes {
  /// The same, and what an engine shows to be wrong with them.
  func adding(_ more: [Diagnostic]) -> Mistakes {
    more.isEmpty ? self : replaced(by: report.items + more)
  }

  /// Others, of the same files.
  func replaced(by others: [Diagnostic]) -> Mistakes {
    var copy = Mistakes(DiagnosticReport(others))
    (copy.sources, copy.arguments, copy.environment) = (sources, arguments, environment)
    return copy
  }
}

extension Terminal {
  /// Prints what is wrong with manifests.
  ///
  /// - Parameter document: what standard output is for, where it is for a document: annotations then go to standard error, which
  ///   GitHub reads as well.
  func show(
    _ mistakes: Mistakes, as format: MistakeFormat, beside document: DocumentForm?
  ) throws(CommandEnd) {
    let report = mistakes.report
    switch format {
    case .human: say(renderText(report, sources: mistakes.sources, color: hasColour))
    case .github:
      let commands = renderGitHub(report, path: CheckoutPaths.present.displayed)
      document == nil ? data(commands) : say(commands)
      say(report.summary)
    case .json: self.document(try jsonText(report))
    case .sarif: self.document(try jsonText(SARIFLog(mistakes, paths: .present)))
    case .markdown:
      self.document(mistakes.markdown(CommentMarker(environment: mistakes.environment), refusal: "Not valid"))
    }
  }
}
