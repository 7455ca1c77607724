import PipelineModel

extension RunView {
  /// Everything about the run, for a person.
  func text(paint: Paint) -> String {
    (headline(paint) + facts + failureLines(paint) + stageLines(paint) + streamLines(paint) + stateLines)
      .joined(separator: "\n") + "\n"
  }

  private func headline(_ paint: Paint) -> [String] {
    let reason = status.reason.map { " (\($0))" } ?? ""
    return [
      paint.bold("Run \(metadata.name)") + "  \(status.phase)\(reason)" + (status.duration.map { " in " + $0 } ?? "")
    ]
  }

  private var facts: [String] {
    let ends = [
      status.tapExit.map { "tap " + $0 }, status.targetExit.map { "target " + $0 }, status.commandExit,
    ].compactMap(\.self)
    return labelled([
      ("Asked for by", spec.trigger.sentence), ("Reason", spec.reason), ("Mode", spec.mode),
      ("Generation", String(spec.generation)),
      ("Destination", spec.dropDestinationFirst ? "dropped first" : nil),
      ("Streams", spec.streams.map { listed($0) }), ("Command", spec.command.map { listText($0) }),
      ("Ordered", metadata.orderedAt), ("Started", status.startedAt), ("Ended", status.endedAt),
      ("Attempt", String(status.attempt)), ("Next attempt", status.retryAt),
      ("Exits", ends.isEmpty ? nil : ends.joined(separator: ", ")),
      ("Conditions", status.conditions.isEmpty ? nil : status.conditions.joined(separator: ", ")),
      ("Observed", "\(status.observedAt) from engine `\(status.observedFrom)`"),
    ])
  }

  private func failureLines(_ paint: Paint) -> [String] {
    guard let message = status.message else { return [] }
    return ["", "  " + (status.reason == nil ? message.harmless : paint.alarm(message.harmless))]
      + (status.lastLines ?? []).map { paint.faint("  | ") + $0.harmless }
  }

  private func stageLines(_ paint: Paint) -> [String] {
    guard !status.stages.isEmpty else { return [] }
    var table = Table([("STAGE", .left), ("STARTED", .left), ("ENDED", .left), ("DURATION", .right)])
    for stage in status.stages {
      table.add([stage.stage, stage.startedAt, stage.endedAt ?? "", stage.duration ?? ""])
    }
    return [""] + table.lines(indent: "  ", paint: paint)
  }

  private func streamLines(_ paint: Paint) -> [String] {
    guard spec.command == nil else { return [] }
    guard !status.streams.isEmpty else {
      return [
        "",
        status.records == nil
          ? "  How much it moved is not known: engine `\(status.observedFrom)` does not tell."
          : "  No record has passed.",
      ]
    }
    var table = Table([("STREAM", .left), ("RECORDS", .right), ("BYTES", .right)])
    for stream in status.streams { table.add([stream.name, shownCount(stream.records), shownBytes(stream.bytes)]) }
    if status.streams.count > 1 { table.add(["all", shownCount(status.records), shownBytes(status.bytes)]) }
    return [""] + table.lines(indent: "  ", paint: paint)
  }

  /// A command keeps its own states, if it has any.
  private var stateLines: [String] {
    guard spec.command == nil else { return [] }
    return [""]
      + labelled([
        ("State before", status.stateBefore?.line ?? "none recorded"),
        ("State after", status.stateAfter?.line ?? "nothing was confirmed"),
      ])
  }

  /// A table of runs.
  static func lines(_ runs: [RunView], wide: Bool, indent: String = "", paint: Paint) -> [String] {
    var columns: [(title: String, alignment: Table.Alignment)] = [
      ("RUN", .left), ("MODE", .left), ("STATUS", .left), ("STARTED", .left), ("DURATION", .right), ("RECORDS", .right),
      ("TRIGGER", .left),
    ]
    if wide { columns += [("BYTES", .right), ("GENERATION", .right), ("ATTEMPT", .right), ("REASON", .left)] }
    var table = Table(columns)
    for run in runs {
      let status = run.status
      let row = [
        run.metadata.name, run.spec.mode, status.phase + (status.reason.map { " (\($0))" } ?? ""),
        status.startedAt ?? "", status.duration ?? "", shownCount(status.records),
        run.spec.trigger.sentence,
      ]
      let more = [
        shownBytes(status.bytes), String(run.spec.generation), String(status.attempt),
        run.spec.reason ?? "",
      ]
      table.add(wide ? row + more : row)
    }
    return table.lines(indent: indent, paint: paint)
  }
}

/// `  Label   value` lines, without those that have none.
func labelled(_ entries: [(label: String, value: String?)]) -> [String] {
  let present = entries.compactMap { entry in entry.value.map { (entry.label, $0) } }
  let width = present.map(\.0.count).max() ?? 0
  return present.map { label, value in "  \(label)" + String(repeating: " ", count: width - label.count + 2) + value }
}
