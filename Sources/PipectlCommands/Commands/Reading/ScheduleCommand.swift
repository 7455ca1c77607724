import ArgumentParser
import PipelineModel
import StoreAPI

struct ScheduleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schedule", abstract: "Look at schedules.", subcommands: [ScheduleNextCommand.self])
}

struct ScheduleNextCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "next", abstract: "Print the next slots of a pipeline, in UTC and in its zone.",
    discussion:
      "With -f the schedule of the manifests is taken, else the one that was applied. Slots that a change of the clocks touched are marked."
  )

  @Argument(help: "The pipeline.", completion: .pipelines, transform: plainName)
  var pipeline: String
  @OptionGroup var manifests: ManifestOptions
  @Option(name: .shortAndLong, help: "How many slots.")
  var count = 5
  @Option(help: "From when on: an instant, a date, or a span from now. (default: now)")
  var from: InstantArgument?
  @Option(name: .shortAndLong, help: "text, json or yaml.")
  var output: DocumentFormat = .text
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if !(1...1000).contains(count) { throw ValidationError("--count is from 1 to 1000") }
  }

  func verdict() async throws -> Verdict {
    let now = SystemClock().now()
    let wanted = try wanted()
    let desired = wanted.record.applied
    let pause = wanted.record.pause(at: now)
    guard let schedule = desired.spec.schedule.slots else {
      throw CommandEnd.failed("\(pipeline) has no schedule: only requests start it")
    }
    guard let zone = zoneTable(for: [desired])[schedule.timeZone] else {
      throw CommandEnd.failed(
        "the zone \(schedule.timeZone) of \(pipeline) is not known here; `pipectl doctor` looks at the zone data")
    }
    let start = from?.instant(from: now) ?? now
    // The first slot may be at that very instant.
    let after = from == nil ? start : Timestamp(milliseconds: start.milliseconds - 1)
    var view = SlotListView(desired.name, schedule, zone: zone, after: after, count: count) {
      wanted.note(on: $0, now: now)
    }
    view.paused = pause.map { "paused\($0.suffix): meanwhile its slots do not start" }
    try global.terminal.show(view, as: output) { view.text(now: now, paint: $0) }
    return .done()
  }

  /// The recorded pipeline and its slots, or the one of the manifests as if it had just been applied.
  private func wanted() throws -> SlotRecords {
    if manifests.files.isEmpty {
      let workspace = try Workspace.openForReading(global.folder, tracer: global.callTracer)
      let record = try workspace.pipeline(pipeline)
      let stored = try workspace.store.load(StoreQuery(pipelines: [record.name]))
      let outcomes = try workspace.store.slots(of: record.name, limit: 1000)
      return SlotRecords(record: record, progress: stored.schedule(of: record.name), outcomes: outcomes)
    }
    let pipelines = try manifests.desiredState(global.terminal, beside: document).pipelines
    guard let desired = pipelines.first(where: { $0.name.text == pipeline }) else {
      throw CommandEnd.failed(
        "the manifests hold no pipeline `\(pipeline)`; there are " + listed(pipelines.map(\.name.text)))
    }
    let now = SystemClock().now()
    return SlotRecords(record: PipelineRecord(applied: desired, generation: 1, createdAt: now, appliedAt: now))
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
