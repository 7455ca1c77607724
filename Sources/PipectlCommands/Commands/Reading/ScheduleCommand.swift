import ArgumentParser
import PipelineModel
import StoreAPI

struct ScheduleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schedule", abstract: "Look at schedules.", subcommands: [ScheduleNextCommand.self])
}

struct ScheduleNextCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "next", abstract: "Print the next slots of pipelines, in UTC and in their zones.",
    discussion:
      "With -f the schedule of the manifests is taken, else the one that was applied. Slots that a change of the clocks touched are marked."
  )

  @OptionGroup var pipelines: PipelineSelection
  @OptionGroup var manifests: ManifestOptions
  @Option(name: .shortAndLong, help: "How many slots of each.")
  var count = 5
  @Option(help: "From when on: an instant, a date, or a span from now. (default: now)")
  var from: InstantArgument?
  @Option(name: .shortAndLong, help: "text, json or yaml.")
  var output: DocumentFormat = .text
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    try pipelines.require()
    if !(1...1000).contains(count) { throw ValidationError("--count is from 1 to 1000") }
  }

  func verdict() async throws -> Verdict {
    let now = SystemClock().now()
    let wanted = try wanted()
    let scheduled = wanted.filter { $0.record.applied.spec.schedule.slots != nil }
    let views = try scheduled.map { try view(of: $0, now: now) }
    try global.terminal.show(each: views, as: output) { $0.text(now: now, paint: $1) }
    return .done()
  }

  private func view(of wanted: SlotRecords, now: Timestamp) throws(CommandEnd) -> SlotListView {
    let desired = wanted.record.applied
    guard let schedule = desired.spec.schedule.slots else { throw unscheduled(desired.name) }
    guard let zone = zoneTable(for: [desired])[schedule.timeZone] else {
      throw .failed(
        "the zone \(schedule.timeZone) of \(desired.name) is not known here; `pipectl doctor` looks at the zone data")
    }
    let start = from?.instant(from: now) ?? now
    // The first slot may be at that very instant.
    let after = from == nil ? start : Timestamp(milliseconds: start.milliseconds - 1)
    var view = SlotListView(desired.name, schedule, zone: zone, after: after, count: count) {
      wanted.note(on: $0, now: now)
    }
    view.paused = wanted.record.pause(at: now).map { "paused\($0.suffix): meanwhile its slots do not start" }
    return view
  }

  private func unscheduled(_ name: PipelineName) -> CommandEnd {
    .failed("\(name) has no schedule: only requests start it")
  }

  /// Those that are chosen; by their labels only those with a schedule, some at least.
  private func wanted() throws -> [SlotRecords] {
    let wanted = try manifests.files.isEmpty ? recorded() : written()
    let bare = wanted.filter { $0.record.applied.spec.schedule.slots == nil }
    if let first = bare.first, pipelines.selector == nil || bare.count == wanted.count {
      throw unscheduled(first.record.name)
    }
    return wanted
  }

  /// The recorded pipelines and their slots.
  private func recorded() throws -> [SlotRecords] {
    let workspace = try Workspace.openForReading(global.folder, tracer: global.callTracer)
    return try pipelines.records(in: workspace).map { record in
      let stored = try workspace.store.load(StoreQuery(pipelines: [record.name]))
      let outcomes = try workspace.store.slots(of: record.name, limit: 1000)
      return SlotRecords(record: record, progress: stored.schedule(of: record.name), outcomes: outcomes)
    }
  }

  /// Those of the manifests, as if they had just been applied.
  private func written() throws -> [SlotRecords] {
    let all = try manifests.desiredState(global.terminal, beside: document).pipelines
    let now = SystemClock().now()
    return try pipelines.chosen(among: all).map { desired in
      SlotRecords(record: PipelineRecord(applied: desired, generation: 1, createdAt: now, appliedAt: now))
    }
  }
}

/// What is recorded of the slots of a pipeline.
struct SlotRecords {
  var record: PipelineRecord
  var progress: ScheduleProgress?
  /// Newest first.
  var outcomes: [SlotRecord] = []

  /// What became of a slot, or why it does not start.
  func note(on instant: Timestamp, now: Timestamp) -> String? {
    if let outcome = outcomes.first(where: { $0.covers(instant) })?.outcome { return outcome.sentence }
    if progress?.waiting.contains(instant) ?? false { return "waits" }
    if instant <= now { return nil }
    return record.pause(at: max(now, instant)).map { "does not start: paused\($0.suffix)" }
  }
}

extension SlotRecord {
  fileprivate func covers(_ instant: Timestamp) -> Bool {
    since.map { $0 < instant && instant <= self.instant } ?? (instant == self.instant)
  }
}
