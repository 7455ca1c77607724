import ControlLoop
import PipelineModel

/// A pause or resume by command, beside what the manifest says.
struct OverrideCommand {
  let pipeline: String
  /// Absent takes the override away.
  let isPaused: Bool?
  let reason: String?
  let until: InstantArgument?
  let lockTimeout: TimeSpan
  let global: GlobalOptions

  func verdict() async throws -> Verdict {
    let record = try Workspace.openForReading(global.folder).pipeline(pipeline)
    let workspace = try Workspace.open(global.folder)
    let now = workspace.clock.now()
    let end = until?.instant(from: now)
    if let end, end <= now { return .failed("--until \(end) is in the past; nothing was changed") }
    let override = isPaused.map {
      PauseOverride(isPaused: $0, reason: reason, by: author(), since: now, until: end)
    }
    let goal = LoopGoal(
      scope: [record.name], desired: DesiredState(zones: zoneTable(for: [record.applied])),
      submissions: [.override(record.name, override)], until: .planned)
    let result = try await Pursuit(
      workspace: workspace, terminal: global.terminal, granted: [], lockTimeout: lockTimeout
    ).run(goal)
    return result.verdict(done: try sentence(workspace, now: now))
  }

  /// What holds now, and why.
  private func sentence(_ workspace: Workspace, now: Timestamp) throws -> String {
    let record = try workspace.pipeline(pipeline)
    var parts =
      record.pause(at: now).map {
        "\(pipeline) is paused\($0.suffix); its slots do not start, `pipectl start` still does"
      }
      ?? "\(pipeline) is not paused"
    if isPaused == nil { parts += "; this is what its manifest says" }
    if let run = try workspace.activeRun(of: record.name), record.pause(at: now) != nil {
      parts += "; \(run.id) goes on"
    }
    return parts + "."
  }
}
