import Diagnostics

/// The diagnostics of one part of a compilation.
struct Report {
  private(set) var diagnostics: [Diagnostic] = []

  var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  mutating func add(_ diagnostic: Diagnostic) {
    diagnostics.append(diagnostic)
  }

  mutating func add(_ other: Report) {
    if !other.diagnostics.isEmpty { diagnostics += other.diagnostics }
  }

  /// One message for each place and kind of mistake, however many manifests ran into it.
  var unrepeated: [Diagnostic] {
    var seen: Set<Mistake> = []
    return sortedForReport(diagnostics).filter { diagnostic in
      guard let place = diagnostic.primary else { return true }
      return seen.insert(Mistake(code: diagnostic.code, place: place, headline: diagnostic.headline)).inserted
    }
  }

  private struct Mistake: Hashable {
    let code: DiagnosticCode
    let place: SourceRange
    let headline: String
  }
}
