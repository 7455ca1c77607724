import PipelineModel

extension PlanView {
  /// The plan as a comment for a pull request: the verdict, what it does to data, what to know; then, collapsed, every change.
  func markdown(_ marker: CommentMarker, mistakes: Mistakes) -> String {
    var comment = MarkdownComment(marker, heading: verdict)
    if let environment = marker.environment { comment.add("Environment \(MarkdownText.code(environment)).") }
    comment.addTable(["Effect on data", "Operations", "Pipelines"], effects.map(riskRow), atMost: 8_000)
    comment.addTable(["", "What to know"], remarks, atMost: 8_000)
    comment.addTable(["Request", "Pipeline", "Does", "Run"], requestRows, atMost: 8_000)
    mistakes.addTable(to: &comment)
    for (effect, changes) in effects {
      let count = counted(changes.count, "operation")
      comment.addSection(
        "\(effect.title): \(count)", changes.lazy.map(\.markdown), more: "`pipectl plan` shows them all.")
    }
    comment.addSection("Next slots", slotTable, more: "`pipectl plan -v` shows them all.")
    mistakes.addExcerpts(to: &comment)
    return comment.text
  }

  /// The most destructive first.
  private var effects: [(DataEffect, [Change])] {
    DataEffect.allCases.reversed().compactMap { effect in
      let group = changes.filter { $0.dataEffect == effect.rawValue }
      return group.isEmpty ? nil : (effect, group)
    }
  }

  private func riskRow(_ effect: DataEffect, _ changes: [Change]) -> [String] {
    var seen: Set<String> = []
    let names = changes.map(\.pipeline).filter { seen.insert($0).inserted }
    let shown = names.count > 10 ? names.prefix(9) : names[...]
    let more = names.count > shown.count ? " and \(names.count - shown.count) more" : ""
    let title = effect.consent == nil ? effect.title : "**\(effect.title)**"
    return [title, "\(changes.count)", shown.map { MarkdownText.code($0) }.joined(separator: ", ") + more]
  }

  private var remarks: [[String]] {
    let kinds = Consent.allCases.filter { kind in consents.contains { $0.consent == kind.rawValue } }
    let needed = kinds.isEmpty ? [] : [["consent", "needed for \(kinds.map(\.rawValue).joined(separator: ", "))"]]
    return refusals.map { ["**refused**", MarkdownText.prose($0)] } + needed
      + warnings.map { ["warning", MarkdownText.prose($0)] }
      + (promises ?? []).map { ["`\($0.engineType)`", MarkdownText.prose("\($0.topic.question) \($0.answer)")] }
  }

  private var requestRows: [[String]] {
    changes.compactMap { change in
      change.request.map { request in
        [MarkdownText.code(request), MarkdownText.code(change.pipeline), change.verb, change.runCell]
      }
    }
  }

  private var slotTable: [String] {
    let slots = nextSlots(atMost: PlanView.slotLimit)
    guard !slots.shown.isEmpty else { return [] }
    let rows = slots.shown.map { "| \(MarkdownText.code($0.pipeline)) | \($0.slot.text) |" }
    let more = slots.more > 0 ? ["| … and \(slots.more) more | |"] : []
    return [(["| Pipeline | Next slot |", "| --- | --- |"] + rows + more).joined(separator: "\n")]
  }
}

extension PlanView.Change {
  fileprivate var runCell: String {
    run.map { MarkdownText.code($0) + (mode.map { ", \($0)" } ?? "") } ?? ""
  }

  /// What is done to which pipeline and why, and the fields that change.
  fileprivate var markdown: String {
    let run = run == nil ? "" : " (\(runCell))"
    let headline = "**\(verb)** \(MarkdownText.code(pipeline))\(run): \(MarkdownText.prose(reason))"
    guard !fields.isEmpty else { return headline }
    let lines = fields.prefix(60).flatMap { field in
      [field.before.map { "- \(field.path): \($0)" }, field.after.map { "+ \(field.path): \($0)" }].compactMap { $0 }
    }
    let more = fields.count > 60 ? ["  … and \(fields.count - 60) more fields"] : []
    return headline + "\n\n" + MarkdownText.block(lines + more, language: "diff")
  }
}
