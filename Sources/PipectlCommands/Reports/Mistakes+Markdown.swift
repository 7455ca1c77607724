import Diagnostics

extension Mistakes {
  /// - Parameter refusal: what mistakes come to: `Not valid`.
  func markdown(_ marker: CommentMarker, refusal: String) -> String {
    var comment = MarkdownComment(marker, heading: heading(refusal))
    addTable(to: &comment)
    addExcerpts(to: &comment)
    return comment.text
  }

  func addTable(to comment: inout MarkdownComment) {
    comment.addTable(["Where", "Code", "What"], report.items.map(row), atMost: 16_000)
  }

  /// Each mistake with its lines.
  func addExcerpts(to comment: inout MarkdownComment) {
    let texts = renderTexts(report, sources: sources, color: false)
    let blocks = texts.map { text in
      MarkdownText.block(text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init))
    }
    comment.addSection("In the manifests", blocks, more: "`pipectl validate` shows them all.")
  }

  private func heading(_ refusal: String) -> String {
    if report.items.isEmpty { return "Valid" }
    return (report.errors > 0 ? refusal : "Valid") + ": " + report.summary
  }

  private func row(_ diagnostic: Diagnostic) -> [String] {
    let place = diagnostic.primary.map { range in
      MarkdownText.code("\(CheckoutPaths.present.displayed(range.file) ?? range.file):\(range.start.line)")
    }
    return [
      place ?? "", "\(diagnostic.severity.rawValue) \(diagnostic.code)", MarkdownText.prose(diagnostic.headline),
    ]
  }
}

/// The comment where nothing could be planned, for a reason outside the manifests.
func refusalMarkdown(_ verdict: Verdict, _ marker: CommentMarker) -> String {
  var comment = MarkdownComment(marker, heading: "Not planned")
  comment.add(MarkdownText.prose(verdict.problem ?? "", atMost: 2000))
  return comment.text
}
