import PipelineModel

extension PipelineView {
  /// A table of pipelines.
  static func lines(_ pipelines: [PipelineView], wide: Bool, now: Timestamp, paint: Paint) -> [String] {
    let titles = ["NAME", "READY", "STATUS", "LAST RUN", "OUTCOME", "ENDED", "NEXT SLOT"]
    var table = Table(wide ? titles + ["ENGINE", "MODE", "GENERATION", "LABELS", "SOURCE", "LAST SLOT"] : titles)
    for pipeline in pipelines {
      let row = pipeline.row(now: now)
      table.add(wide ? row + pipeline.more : row)
    }
    return table.lines(paint: paint)
  }

  private func row(now: Timestamp) -> [String] {
    let last = status.lastRun
    return [
      metadata.name, ready.rawValue, status.phase + (status.isPauseOverdue ? " (pause overdue)" : ""), last?.id ?? "",
      last?.outcome ?? "", beside(last?.endedAt, now),
      beside(status.nextSlot, now),
    ]
  }

  private var more: [String] {
    [spec.engine, spec.mode, String(status.generation), labels, status.sourceSet, status.lastSlotText]
  }

  private var labels: String {
    metadata.labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
  }

  /// Everything about the pipeline, for a person.
  func text(now: Timestamp, paint: Paint) -> String {
    let ready = status.conditions.first { $0.type == "Ready" }
    var lines = [paint.bold("Pipeline \(metadata.name)") + "  \(status.phase), ready: \(self.ready.rawValue)"]
    lines += labelled([("Because", ready?.message)])
    lines += labelled(facts(now)) + conditionLines(paint)
    if let command = spec.command {
      lines += ["", "Command:"] + labelled(command.facts)
    } else if let migration = spec.migration {
      lines += ["", "Migration:"] + labelled(migration.facts)
    } else {
      lines += ["", "Streams and connectors:"] + labelled(connectors)
    }
    lines += PromiseView.lines(status.promises ?? [])
    if let requests = status.requests, !requests.isEmpty {
      lines += ["", "Requests, newest first:"] + RequestView.lines(requests, indent: "  ", paint: paint)
    }
    if let runs = status.recentRuns, !runs.isEmpty {
      lines += ["", "Runs, newest first:"] + RunView.lines(runs, wide: false, indent: "  ", paint: paint)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func facts(_ now: Timestamp) -> [(label: String, value: String?)] {
    let slot = status.nextSlot.map { _ in beside(status.nextSlot, now) + (status.nextSlotLocal.map { ", \($0)" } ?? "")
    }
    let (isServed, waiting) = (status.schedule?.served ?? false, status.schedule?.waiting ?? [])
    return [
      ("Generation", "\(status.generation), applied \(beside(status.appliedAt, now))"),
      ("Source", status.sourceSet), ("Labels", labels.isEmpty ? nil : labels),
      ("Protected", metadata.protected ? "yes" : nil),
      ("Engine", spec.engine), ("Mode", spec.mode),
      ("Schedule", spec.schedule.sentence ?? (spec.schedule == .unmanaged ? "as the engine has it" : "none")),
      ("Next slot", slot.map { $0 + (isServed ? "" : "; no controller is running, so it does not start by itself") }),
      ("Waiting slots", waiting.isEmpty ? nil : listed(waiting)),
      ("Last slot", status.schedule?.lastSlot.map { "\($0.title) \($0.message)" }),
      ("Paused", status.pause?.sentence ?? "no"), ("Override", status.override?.message),
      ("Active run", status.activeRun),
      ("Last run", status.lastRun.map { "\($0.id) \($0.outcome), ended \(beside($0.endedAt, now))" }),
    ]
  }

  private var connectors: [(label: String, value: String?)] {
    [
      ("Source", spec.source.map { sentence(status.source, $0) }),
      ("Destination", spec.destination.map { sentence(status.destination, $0) }),
      (
        "Streams",
        spec.streams.map { listed($0.map(\.sentence)) } ?? (spec.remote == nil ? "all that are discovered" : nil)
      ),
      ("Remote", spec.remote?.id),
    ]
  }

  /// `shop-db, singer tap-postgres`.
  private func sentence(_ name: String?, _ connection: SpecView.ConnectionView) -> String {
    (name.map { "\($0), " } ?? "") + connection.connector.sentence
  }

  private func conditionLines(_ paint: Paint) -> [String] {
    guard status.conditions.count > 1 else { return [] }
    var table = Table(["CONDITION", "STATUS", "REASON", "SINCE", "MESSAGE"])
    for condition in status.conditions {
      table.add([
        condition.type, condition.status.rawValue, condition.reason, condition.lastTransition ?? "", condition.message,
      ])
    }
    return [""] + table.lines(indent: "  ", paint: paint)
  }
}

extension PipelineView.Status {
  fileprivate var lastSlotText: String { schedule?.lastSlot.map { "\($0.at) \($0.outcome)" } ?? "" }

  fileprivate var isPauseOverdue: Bool { conditions.contains { $0.type == "PauseOverdue" } }
}

extension PipelineView.PauseView {
  var sentence: String {
    if origin == "engine" { return "yes, at its engine; no manifest declares it" }
    return "yes, by " + (by.map { "\($0) (\(origin))" } ?? "its \(origin)") + (until.map { " until \($0)" } ?? "")
      + (reason.map { ": \($0)" } ?? "")
  }
}

extension SpecView.CommandView {
  fileprivate var facts: [(label: String, value: String?)] {
    let variables = env?.sorted { $0.key < $1.key }.map { "\($0.key)=\(settingText($0.value.value))" }
    return [
      ("Arguments", listText(argv)), ("Environment", variables?.joined(separator: " ")),
      ("Folder", workingDirectory ?? "the one in which a run is ordered"), ("Declares", capabilities.sentence),
    ]
  }
}

extension SpecView.StreamView {
  var sentence: String {
    let how = [replication, key.map { "by \($0)" }].compactMap(\.self).joined(separator: " ")
    return how.isEmpty ? name : "\(name) (\(how))"
  }
}

/// An absolute time with the relative one beside it; empty for none.
func beside(_ instant: String?, _ now: Timestamp) -> String {
  guard let instant else { return "" }
  guard let at = Timestamp(rfc3339: instant) else { return instant }
  return "\(instant) (\(relativeText(at, now)))"
}
