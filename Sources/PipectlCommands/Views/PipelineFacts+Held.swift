import PipelineModel

/// What is known of the object at an engine that a pipeline stands for.
extension PipelineFacts {
  var heldConditions: [ConditionView] {
    guard let held = record.held else { return [] }
    let drift = held.drift.map(sentence).joined(separator: "; ")
    return [
      held.holdSeenAt.flatMap { since in
        held.definition.hold.map {
          holds("SystemPaused", "Engine", $0 + "; `paused` does not end that", recorded(since))
        }
      },
      held.goneSeenAt.map { holds("Missing", "Engine", missing(held), recorded($0)) },
      held.definition.unread.map { holds("Unreadable", "Engine", unread($0), nil) },
      held.refusal.map {
        holds("SettingsRefused", "Engine", "the engine does not take what is declared: \($0.message)", $0.at)
      },
      held.drift.isEmpty ? nil : holds("Drifted", "Engine", drift, held.drift.compactMap { recorded($0.seenAt) }.min()),
    ].compactMap(\.self)
  }

  var heldFacts: [WhyView.Fact] {
    guard let held = record.held else { return [] }
    let engine = record.applied.spec.engine.name
    let hold = held.holdSeenAt.flatMap { since in
      held.definition.hold.map { words in
        WhyView.Fact(
          type: "SystemPaused", message: "\(words): its schedule starts nothing, whatever `paused` says",
          at: recorded(since)?.description, help: "only engine `\(engine)` ends that: see its own pages")
      }
    }
    let missing = held.goneSeenAt.map { since in
      WhyView.Fact(
        type: "Missing", message: self.missing(held), at: recorded(since)?.description, place: "remote",
        help: "give another `remote.id`, or take the manifest away")
    }
    let drift = held.drift.map { drift in
      WhyView.Fact(
        type: "Drifted", message: sentence(drift), at: recorded(drift.seenAt)?.description,
        place: isDeclared(drift) ? drift.field.rawValue : nil,
        help: isDeclared(drift)
          ? "`pipectl apply` and a controller write what is declared"
          : "declare `\(drift.field.rawValue)` in the manifest to have it kept")
    }
    let refusal = held.refusal.map { refusal in
      WhyView.Fact(
        type: "SettingsRefused", message: "the engine does not take what is declared: \(refusal.message)",
        at: refusal.at.description,
        help: "change the manifest, or what stands in the way there; it is asked again at \(refusal.ends)")
    }
    let unread = held.definition.unread.map { words in
      WhyView.Fact(
        type: "Unreadable", message: self.unread(words), place: "remote",
        help: "see to it in the engine's own pages; `--trace-http` shows what the engine answers")
    }
    return [hold, missing, unread, refusal].compactMap(\.self) + drift
  }

  private func unread(_ words: String) -> String {
    "what engine `\(record.applied.spec.engine.name)` tells of it cannot be read, so nothing is done to it: \(words)"
  }

  private func missing(_ held: HeldRecord) -> String {
    "engine `\(record.applied.spec.engine.name)` has no `\(held.definition.id)`"
  }

  private func sentence(_ drift: Drift) -> String {
    let (before, after) = (drift.before ?? "nothing", drift.after ?? "nothing")
    let seen = recorded(drift.seenAt) == nil ? ", " + unrecordedLook : ""
    let end = isDeclared(drift) ? "it is not as declared" : "no manifest declares it, so it stays"
    return "somebody changed `\(drift.field.rawValue)` at the engine from \(before) to \(after)\(seen); \(end)"
  }

  /// When something was seen first, as far as that is recorded: what this very look is the first to see may be older, and by the next look
  /// nobody remembers this one.
  private func recorded(_ seenAt: Timestamp) -> Timestamp? { seenAt == lookedAt ? nil : seenAt }

  private func isDeclared(_ drift: Drift) -> Bool {
    record.held.flatMap { record.agrees($0.definition, on: drift.field, at: now) } != nil
  }
}
