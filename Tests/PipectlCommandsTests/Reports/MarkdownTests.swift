import Diagnostics
import PipelineModel
import Testing

@testable import PipectlCommands

struct MarkdownTests {
  @Test func `prose has no tag, no mention, no reference, no column`() {
    #expect(MarkdownText.prose("<b>&") == "&lt;b&gt;&amp;")
    #expect(MarkdownText.prose("by @admin for #12") == "by @<!-- -->admin for #<!-- -->12")
    #expect(MarkdownText.prose("a | b [c](d) *e*") == "a \\| b \\[c\\]\\(d\\) \\*e\\*")
    #expect(MarkdownText.prose("--> <!-- x") == "\\-\\-&gt; &lt;\\!\\-\\- x")
    #expect(MarkdownText.prose("two\nlines") == "two&lt;U\\+000A&gt;lines")
  }

  @Test func `what messages quote is code, and an odd backtick quotes nothing`() {
    #expect(MarkdownText.prose("no `a@b` here") == "no `a@b` here")
    #expect(MarkdownText.prose("it's `odd") == "it's \\`odd")
    #expect(MarkdownText.prose("`a`") == "`a`")
  }

  @Test func `code ends where it should`() {
    #expect(MarkdownText.code("a`b") == "``a`b``")
    #expect(MarkdownText.code("`a``b`") == "``` `a``b` ```")
    #expect(MarkdownText.code("a|b") == "`a\\|b`")
    #expect(MarkdownText.block(["```", "</details>"]) == "````\n```\n</details>\n````")
    #expect(MarkdownText.code(String(repeating: "x", count: 500)).count < 410)
  }

  private func view(_ changes: [PlanView.Change], warnings: [String] = []) -> PlanView {
    PlanView(
      verdict: "Plan: \(changes.count) to update", hasChanges: true, changes: changes, warnings: warnings, consents: [],
      decisions: changes.map { change in
        PlanView.DecisionView(
          pipeline: change.pipeline, reason: "Changes", message: "it has changes",
          nextSlot: SlotView(at: "2026-11-22T05:00:00Z", local: nil, timeZone: "UTC"))
      }, refusals: [], wakeAt: nil)
  }

  private func change(_ number: Int, _ effect: DataEffect = .none, text: String = "x") -> PlanView.Change {
    PlanView.Change(
      id: "update:p\(number)@2", verb: "update", pipeline: "p\(number)", dataEffect: effect.rawValue, reason: text,
      request: text, run: nil, mode: nil,
      fields: (0..<5).map { PlanView.FieldView(path: "spec.f\($0)", before: text, after: text) }, preconditions: [])
  }

  private var noMistakes: Mistakes { Mistakes(DiagnosticReport([])) }

  private func comment(_ view: PlanView, mistakes: Mistakes? = nil, environment: String? = nil) -> String {
    view.markdown(CommentMarker(environment: environment), mistakes: mistakes ?? noMistakes)
  }

  @Test func `the verdict comes first, then what it does to data, the worst first`() throws {
    let text = comment(view([change(1), change(2, .deletes), change(3, .rereads)]), environment: "prod")
    #expect(text.hasPrefix("<!-- pipectl: prod -->\n## Plan: 3 to update\n"))
    let rows = text.split(separator: "\n").filter {
      $0.hasPrefix("| **") || $0.hasPrefix("| No") || $0.hasPrefix("| Reads")
    }
    #expect(
      rows == ["| **Deletes** | 1 | `p2` |", "| Reads data again | 1 | `p3` |", "| No effect on data | 1 | `p1` |"])
  }

  @Test(arguments: ["x", "@team `|` <!-- --> ``` </details> ", "🐘ß@#<>"])
  func `it never grows beyond what GitHub takes, and says how much is left out`(text: String) {
    let long = String(repeating: text, count: 300)
    let many = (0..<4000).map { change($0, $0 == 7 ? .deletes : .none, text: long) }
    let diagnostics = (0..<2000).map { Diagnostic(DiagnosticCode("PC0201"), .warning, "\($0) \(long)", at: nil) }
    let plan = view(many, warnings: (0..<500).map { "\($0) \(long)" })
    let comment = comment(plan, mistakes: Mistakes(DiagnosticReport(diagnostics)))
    #expect(comment.utf8.count <= 60_000)
    #expect(comment.contains("## Plan: 4000 to update"))
    #expect(comment.contains("| **Deletes** | 1 | `p7` |"))
    #expect(comment.contains("| No effect on data | 3999 |"))
    #expect(comment.contains("… and "))
    #expect(opened("<details>", in: comment) == opened("</details>", in: comment), "a section that is begun is ended")
    #expect(
      comment == self.comment(plan, mistakes: Mistakes(DiagnosticReport(diagnostics.reversed()))), "the same each time")
  }

  /// Lines that are just that.
  private func opened(_ tag: String, in comment: String) -> Int {
    comment.split(separator: "\n").count { $0 == tag || $0.hasPrefix(tag + "<summary>") }
  }

  @Test func `a marker cannot be ended by a name`() {
    #expect(CommentMarker(environment: "x --><script>").text == "<!-- pipectl -->")
  }
}
