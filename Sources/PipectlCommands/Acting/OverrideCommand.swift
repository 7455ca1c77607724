import ControlLoop
import PipelineModel

/// A pause or resume by command, beside what the manifest says.
struct OverrideCommand {
  private let options: OverrideOptions
  /// Absent takes the override away.
  private let isPaused: Bool?
  private let global: GlobalOptions

  init(_ options: OverrideOptions, isPaused: Bool, global: GlobalOptions) {
    self.options = options
    self.isPaused = options.remove ? nil : isPaused
    self.global = global
  }

  func verdict() async throws -> Verdict {
    let records = try options.pipelines.records(
      in: try Workspace.openForReading(global.folder, tracer: global.callTracer))
    let workspace = try Workspace.open(global.folder, tracer: global.callTracer)
    let now = workspace.clock.now()
    let end = options.until?.instant(from: now)
    if let end, end <= now {
      throw CommandEnd.failed("--until \(end) is in the past; nothing was changed")
    }
    let override = isPaused.map {
      PauseOverride(isPaused: $0, reason: options.reason, by: author(), since: now, until: end)
    }
    // What an engine holds itself is written there, and looked at again.
    let isElsewhere = records.contains { $0.applied.spec.work.isRemote }
    let goal = LoopGoal(
      scope: records.map(\.name), submissions: records.map { .override($0.name, override) },
      until: isElsewhere ? .started : .planned)
    let result = try await Pursuit(
      workspace: workspace, terminal: global.terminal, granted: [], lockTimeout: options.lockTimeout.span
    ).run(goal)
    let sentences = try records.map { try sentence($0.name, workspace, now: now) }
    return try global.terminal.report(
      result, as: options.output, plan: nil, done: sentences.joined(separator: "\n"),
      recorded: try records.filter { $0.applied.spec.work.isRemote }.map { try left(of: $0.name, workspace) })
  }

  /// What stays recorded where the engine was not brought to it.
  private func left(of pipeline: PipelineName, _ workspace: Workspace) throws -> String {
    let act = "the next `pipectl apply`, or a controller, has the engine do it as soon as it answers"
    guard let override = try workspace.pipeline(pipeline.text).override else {
      return "no pause or resume by command is recorded for \(pipeline) any more: \(act)"
    }
    let verb = override.isPaused ? "pause" : "resume"
    return "the \(verb) of \(pipeline) is recorded: \(act); `pipectl \(verb) \(pipeline) --remove` withdraws it"
  }

  /// What holds now, and why.
  private func sentence(_ pipeline: PipelineName, _ workspace: Workspace, now: Timestamp) throws -> String {
    let record = try workspace.pipeline(pipeline.text)
    let pause = record.pause(at: now)
    let isPaused = record.declaresPause(at: now) ?? record.held?.definition.isPaused ?? (pause != nil)
    var parts = "\(pipeline) is \(pauseWord(isPaused))\(pause?.suffix ?? "")"
    if isPaused { parts += "; " + record.wordsForPaused }
    parts +=
      "; " + (record.override.map { end(of: $0, record, now) } ?? PipelineFacts(record: record, now: now).declaredPause)
    if let run = try workspace.activeRun(of: record.name), isPaused { parts += "; \(run.id) goes on" }
    return parts + "."
  }

  /// How long the override holds, where that is not said already, and what it wins over.
  private func end(of override: PauseOverride, _ record: PipelineRecord, _ now: Timestamp) -> String {
    let declared = PipelineFacts(record: record, now: now).declaredPause
    switch (override.until, override.isPaused) {
    case (nil, let isPaused):
      return "this holds until `pipectl \(isPaused ? "pause" : "resume") \(record.name) --remove`; \(declared)"
    case (_?, true): return declared
    case (let until?, false): return "this holds until \(until); \(declared)"
    }
  }
}
