import ArgumentParser
import PipelineModel

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
    let (desired, pause) = try wanted(now)
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
    var view = SlotListView(desired.name, schedule, zone: zone, after: after, count: count)
    view.paused = pause.map { "paused\($0.suffix): meanwhile its slots do not start" }
    try global.terminal.show(view, as: output) { view.text(now: now, paint: $0) }
    return .done()
  }

  /// The pipeline of the manifests, or the recorded one with its pause.
  private func wanted(_ now: Timestamp) throws -> (DesiredPipeline, PauseDetails?) {
    if manifests.files.isEmpty {
      let record = try Workspace.openForReading(global.folder).pipeline(pipeline)
      return (record.applied, record.pause(at: now))
    }
    let pipelines = try manifests.desiredState(global.terminal, beside: document).pipelines
    guard let desired = pipelines.first(where: { $0.name.text == pipeline }) else {
      throw CommandEnd.failed(
        "the manifests hold no pipeline `\(pipeline)`; there are " + listed(pipelines.map(\.name.text)))
    }
    return (desired, nil)
  }
}
