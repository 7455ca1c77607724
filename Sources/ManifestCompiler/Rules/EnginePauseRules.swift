import Diagnostics
import PipelineModel

/// What must hold for a pause: what it does to runs is the engine's affair.
struct EnginePauseRules {
  let spec: CheckedObject
  let capabilities: Capabilities

  var broken: [Diagnostic] { startWhilePaused + cancelledRun }

  /// Where a paused pipeline starts nothing, a start beside the pause cannot be meant.
  private var startWhilePaused: [Diagnostic] {
    guard capabilities.pause == .unitDisabled, isPaused, let job = spec[PipelineFields.job],
      job[JobFields.action] == .start
    else { return [] }
    return [
      Diagnostic(
        .startWhilePaused, "an engine of type `\(capabilities.engineType)` starts nothing in a paused pipeline",
        at: job.range(of: JobFields.action),
        secondary: [LabelledRange(spec.range(of: PipelineFields.paused), "paused here")],
        help: Help("start it first and pause it later, or leave `job` out"))
    ]
  }

  private var cancelledRun: [Diagnostic] {
    guard capabilities.pause != .unitDisabled, case .object(let details)? = spec[PipelineFields.paused],
      details[PausedFields.cancelRun] == true
    else { return [] }
    return [
      Diagnostic(
        .pauseLeavesRun, "on an engine of type `\(capabilities.engineType)` a pause leaves the run in progress alone",
        at: details.keyRange(of: PausedFields.cancelRun),
        help: Help("remove it; a `job` with `action: cancel` ends the run"))
    ]
  }

  /// An end of the pause is no start now.
  private var isPaused: Bool {
    switch spec[PipelineFields.paused] {
    case .bool(let isPaused)?: isPaused
    case .object?: true
    default: false
    }
  }
}
