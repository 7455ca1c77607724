import Diagnostics
import PipelineModel

extension SARIFLog {
  init(_ mistakes: Mistakes, paths: CheckoutPaths) {
    let rules = Rule.all
    let indices = Dictionary(
      rules.enumerated().map { ($0.element.id, $0.offset) }, uniquingKeysWith: { first, _ in first })
    var seen: [String: Int] = [:]
    let results = mistakes.report.items.map { diagnostic in
      Result(
        diagnostic, ruleIndex: indices[diagnostic.code.text], unplaced: mistakes.arguments.first ?? ".", paths: paths,
        seen: &seen)
    }
    let driver = Driver(version: pipectlVersion, semanticVersion: pipectlVersion, rules: rules)
    self.init(runs: [Run(tool: Tool(driver: driver), results: results)])
  }
}

extension SARIFLog.Result {
  /// - Parameters:
  ///   - unplaced: the file or folder that is named where a diagnostic has no place, for readers ask for one.
  ///   - seen: how often each mistake was met, so that equal ones can be told apart.
  init(
    _ diagnostic: Diagnostic, ruleIndex: Int?, unplaced: String, paths: CheckoutPaths, seen: inout [String: Int]
  ) {
    let primary = SARIFLog.PhysicalLocation(diagnostic.primary, in: diagnostic.primary?.file ?? unplaced, paths: paths)
    self.init(
      ruleId: diagnostic.code.text, ruleIndex: ruleIndex, level: diagnostic.severity.rawValue,
      message: SARIFLog.Message(text: diagnostic.wholeText),
      locations: [SARIFLog.Location(physicalLocation: primary)], partialFingerprints: [:])
    relatedLocations = diagnostic.related(paths)
    fixes = SARIFLog.Fix(diagnostic, at: primary).map { [$0] }
    let identity = "\(diagnostic.code)\n\(primary.artifactLocation.uri)\n\(diagnostic.headline)"
    seen[identity, default: 0] += 1
    partialFingerprints = ["pipectlMistake/v1": StableDigest(of: "\(identity)\n\(seen[identity] ?? 0)").text]
  }
}

extension Diagnostic {
  fileprivate var wholeText: String {
    ([headline] + notes.map { "note: \($0)" } + (help.map { ["help: \($0.text)"] } ?? [])).joined(separator: "\n")
  }

  /// Nil where there is only one place.
  fileprivate func related(_ paths: CheckoutPaths) -> [SARIFLog.Location]? {
    guard !secondary.isEmpty else { return nil }
    return secondary.enumerated().map { index, labelled in
      SARIFLog.Location(
        id: index + 1,
        physicalLocation: SARIFLog.PhysicalLocation(labelled.range, in: labelled.range.file, paths: paths),
        message: SARIFLog.Message(text: labelled.label))
    }
  }
}

extension SARIFLog.PhysicalLocation {
  init(_ range: SourceRange?, in file: String, paths: CheckoutPaths) {
    self.init(artifactLocation: SARIFLog.ArtifactLocation(paths.place(of: file)), region: nil)
    region = range.map { range in
      SARIFLog.Region(
        startLine: range.start.line, startColumn: range.start.column, endLine: range.end.line,
        endColumn: range.end.column)
    }
  }
}

extension SARIFLog.ArtifactLocation {
  init(_ place: CheckoutPaths.Place) {
    switch place {
    case .inside(let path): self.init(uri: percentEncoded(path), uriBaseId: Self.root)
    case .outside(let path): self.init(uri: "file://" + percentEncoded(path))
    case .standardInput: self.init(uri: "stdin", description: SARIFLog.Message(text: "standard input"))
    }
  }
}

extension SARIFLog.Fix {
  /// Nil where there is no one obvious fix, or where it would quote a secret.
  init?(_ diagnostic: Diagnostic, at place: SARIFLog.PhysicalLocation) {
    guard let help = diagnostic.help, let text = help.replacement, let region = place.region,
      !diagnostic.isConfidential
    else { return nil }
    let replacement = SARIFLog.Replacement(deletedRegion: region, insertedContent: SARIFLog.Message(text: text))
    self.init(
      description: SARIFLog.Message(text: help.text),
      artifactChanges: [
        SARIFLog.ArtifactChange(artifactLocation: place.artifactLocation, replacements: [replacement])
      ])
  }
}

/// A path as part of a URI: everything but letters, digits, `-._~` and `/` encoded.
private func percentEncoded(_ path: String) -> String {
  let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/".utf8)
  return path.utf8.map { byte in
    if plain.contains(byte) { return String(UnicodeScalar(byte)) }
    let digits = String(byte, radix: 16, uppercase: true)
    return "%" + (digits.count == 1 ? "0" : "") + digits
  }.joined()
}
