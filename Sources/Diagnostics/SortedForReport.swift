/// The diagnostics by file, line, column and code, each once; what has no place comes first.
///
/// The order does not depend on the order given.
public func sortedForReport(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
  var seen: Set<Diagnostic> = []
  return
    diagnostics
    .filter { seen.insert($0).inserted }
    .map { (rank: ReportRank($0), diagnostic: $0) }
    .sorted { $0.rank < $1.rank }
    .map(\.diagnostic)
}

/// Where a diagnostic stands in a report.
private struct ReportRank: Comparable {
  private let file: String
  private let numbers: [Int]
  private let texts: [String]

  init(_ diagnostic: Diagnostic) {
    file = diagnostic.primary?.file ?? ""
    numbers = diagnostic.primary.map { [$0.start.line, $0.start.column] } ?? []
    let others = diagnostic.secondary.map { "\($0.range.file):\($0.range.start.offset):\($0.label)" }
    texts =
      [diagnostic.code.text, diagnostic.headline, diagnostic.label ?? "", diagnostic.severity.rawValue]
      + ["\(diagnostic.primary?.end.offset ?? 0)", diagnostic.help?.text ?? "", diagnostic.help?.replacement ?? ""]
      + others + diagnostic.notes
  }

  static func < (left: ReportRank, right: ReportRank) -> Bool {
    if left.file != right.file { return left.file < right.file }
    if left.numbers != right.numbers { return left.numbers.lexicographicallyPrecedes(right.numbers) }
    return left.texts.lexicographicallyPrecedes(right.texts)
  }
}
