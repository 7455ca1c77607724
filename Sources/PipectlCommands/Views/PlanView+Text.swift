import PipelineModel

extension PlanView {
  /// The plan for a person: the verdict first, then the changes by what they do to data, then what to know; with `verbose` every
  /// slot to come, and also what is left alone, and why.
  func text(verbose: Bool, paint: Paint) -> String {
    var lines = [paint.bold(verdict)]
    for effect in DataEffect.allCases.reversed() {
      let group = changes.filter { $0.dataEffect == effect.rawValue }
      guard !group.isEmpty else { continue }
      lines += ["", paint.heading(effect)]
      for change in group { lines += text(of: change, verbose: verbose, paint: paint) }
    }
    if !warnings.isEmpty { lines += [""] + warnings.map { paint.warning("warning: ") + $0 } }
    lines += PromiseView.lines(promises ?? [])
    let slots = slotLines(verbose: verbose)
    if !slots.isEmpty { lines += ["", "Next slots:"] + slots }
    if !consents.isEmpty { lines += ["", consentLine] }
    if verbose, !decisions.isEmpty { lines += ["", "Decisions:"] + decisionLines }
    return lines.joined(separator: "\n") + "\n"
  }

  private func text(of change: Change, verbose: Bool, paint: Paint) -> [String] {
    let width = change.fields.map(\.path.count).max() ?? 0
    let fields = change.fields.map { field in
      let path = field.path + String(repeating: " ", count: width - field.path.count)
      switch (field.before, field.after) {
      case (nil, let after?): return "      \(paint.added("+")) \(path)  \(after)"
      case (let before?, nil): return "      \(paint.removed("-")) \(path)  \(before)"
      case (let before, let after): return "      \(paint.changed("~")) \(path)  \(before ?? "") → \(after ?? "")"
      }
    }
    let preconditions = verbose ? change.preconditions.map { "      only if \($0)" } : []
    let run = change.run.map { " (\($0)" + (change.mode.map { ", " + $0 } ?? "") + ")" } ?? ""
    return ["  \(paint.bold(change.verb)) \(change.pipeline)\(run): \(change.reason)"] + fields + preconditions
  }

  private var consentLine: String {
    let kinds = Set(consents.map(\.consent)).sorted()
    return "This needs your consent: "
      + kinds.map { kind in
        let names = consents.filter { $0.consent == kind }.map(\.operation)
        return "\(kind) (\(names.joined(separator: ", ")))"
      }.joined(separator: "; ") + "."
  }

  private func slotLines(verbose: Bool) -> [String] {
    let slots = nextSlots(atMost: verbose ? .max : PlanView.slotLimit)
    let more = slots.more > 0 ? ["  … and \(slots.more) more: `pipectl plan -v` shows them all"] : []
    return slots.shown.map { "  " + $0.pipeline + "  " + $0.slot.text } + more
  }

  private var decisionLines: [String] {
    let width = decisions.map(\.pipeline.count).max() ?? 0
    return decisions.map { decision in
      let name = decision.pipeline + String(repeating: " ", count: width - decision.pipeline.count)
      return "  \(name)  \(decision.message)"
    }
  }
}

extension Paint {
  fileprivate func heading(_ effect: DataEffect) -> String {
    switch effect {
    case .none: effect.title + ":"
    case .cancelsRun, .rereads: warning(effect.title + ":")
    case .rewritesDestination, .deletes: alarm(effect.title.uppercased() + ":")
    }
  }
}
