import Diagnostics
import LocalEngine
import ManifestCompiler
import PipelineModel
import SingerProtocol

/// What was found at one end, as diagnostics at the places of one pipeline's manifests; all of it passes through the scrubber.
struct LiveWords {
  let end: LiveEnd
  let report: ProbeReport
  let origins: Origins?

  var ofFindings: [Diagnostic] { report.findings.map(words) }

  func diagnostic(
    _ code: DiagnosticCode, _ headline: String, at path: String, notes: [String] = [], help: String? = nil,
    severity: Severity = .error
  ) -> Diagnostic {
    Diagnostic(
      code, severity, report.scrub(headline), at: origins?.range(of: path), notes: notes.map(report.scrub),
      help: help.map { Help(report.scrub($0)) })
  }

  private func words(_ finding: ProbeFinding) -> Diagnostic {
    switch finding {
    case .secretUnresolved(let path, let failure):
      diagnostic(
        .unreadableSecret, "this secret cannot be read", at: "\(end.key).\(path)",
        notes: [failure.message])
    case .programMissing(let failure):
      diagnostic(
        .missingProgram, "the program of this connector cannot be started", at: end.programPath,
        notes: notes(failure))
    case .doesNotStart(let failure):
      diagnostic(.unresponsiveProgram, "this connector does not run", at: end.programPath, notes: notes(failure))
    case .answersNothing(let failure):
      diagnostic(
        .unresponsiveProgram, "this connector answers neither `--about` nor `--help`", at: end.programPath,
        notes: notes(failure), help: "call it by hand; many that are broken fail like this", severity: .warning)
    case .setting(let problem): words(problem)
    case .catalogOption(let known):
      diagnostic(
        .unknownCatalogOption, "this tap does not know `--\(end.connection.catalogArgument.rawValue)`",
        at: "\(end.key).connector.catalogArgument", help: "write `catalogArgument: \(known.rawValue)`")
    case .discoveryFailed(let failure):
      diagnostic(
        .failedDiscovery, "this source cannot be asked what it offers", at: end.programPath, notes: notes(failure))
    case .machine(let failure):
      diagnostic(
        .lookFailed, "this connector could not be looked at", at: end.programPath, notes: notes(failure))
    }
  }

  private func words(_ problem: SettingsProblem) -> Diagnostic {
    let name = problem.path.last ?? ""
    let path = problem.place(below: "\(end.key).config")
    switch problem.kind {
    case .missing:
      return diagnostic(.refusedSetting, "`\(end.title)` needs the setting `\(name)`", at: path, help: "add it")
    case .wrongType(let wanted, let found):
      let types = listedTypes(wanted)
      return diagnostic(.refusedSetting, "`\(name)` of `\(end.title)` is \(types), and this is \(found)", at: path)
    case .noneOf(let values):
      return diagnostic(
        .refusedSetting, "`\(name)` of `\(end.title)` has none of the values that there are", at: path,
        help: "there are " + listed(values.map { "`\($0)`" }))
    case .misspelt(let required):
      return diagnostic(
        .refusedSetting, "`\(end.title)` does not know the setting `\(name)`", at: path,
        help: "did you mean `\(required)`, which it needs?")
    case .unknown(let nearest):
      return diagnostic(
        .unknownSetting, "`\(end.title)` does not know the setting `\(name)`", at: path,
        help: hint(nearest) ?? "`\(end.title) --about` lists those it knows", severity: .warning)
    }
  }

  /// Null is what an optional setting may be as well; nobody writes it.
  private func listedTypes(_ types: [String]) -> String {
    let names = types.filter { $0 != "null" }.map { type in
      switch type {
      case "string": "a string"
      case "integer": "a whole number"
      case "number": "a number"
      case "boolean": "true or false"
      case "array": "a list"
      case "object": "a mapping"
      case _: "of type \(type)"
      }
    }
    return names.isEmpty ? "null" : names.joined(separator: " or ")
  }

  /// The reason, and the last words of the program.
  private func notes(_ failure: Failure) -> [String] {
    // Tracebacks are full of lines without a word.
    let telling = failure.lastLines.filter { $0.contains { $0.isLetter || $0.isNumber } }
    return [failure.message]
      + telling.suffix(5).map { "it said: " + String($0.drop { $0.isWhitespace }.prefix(300)) }
  }

  func hint(_ names: [String]) -> String? {
    names.isEmpty ? nil : "did you mean " + names.map { "`\($0)`" }.joined(separator: " or ") + "?"
  }
}
