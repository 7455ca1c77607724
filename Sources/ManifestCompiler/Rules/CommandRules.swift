import Diagnostics
import PipelineModel

/// What must hold between a command and the rest of its pipeline: it is asked for nothing that it does not declare.
struct CommandRules {
  let spec: CheckedObject
  let command: CheckedObject
  /// Nil where the engine was refused.
  let engine: EngineSpec?
  private let declared: CommandCapabilities

  /// Nil where the pipeline is no command.
  init?(_ spec: CheckedObject, engine: EngineSpec?) {
    guard let command = spec[PipelineFields.command] else { return nil }
    self.spec = spec
    self.command = command
    self.engine = engine
    declared = CommandCapabilities(declaredBy: command)
  }

  var broken: [Diagnostic] {
    otherEngine + modes + completion + dropping + idleCompletion + drainTimeout
  }

  private var otherEngine: [Diagnostic] {
    guard let engine, engine.type != EngineName.local.text else { return [] }
    return [
      Diagnostic(
        .commandOnOtherEngine, "the engine `\(engine.name)` runs no commands",
        at: spec.keyRange(of: PipelineFields.command),
        help: Help("leave `engine` out: commands run on this machine"))
    ]
  }

  private var job: CheckedObject? { spec[PipelineFields.job] }

  private var modes: [Diagnostic] {
    guard areModesSound else { return [] }
    let isSaid = spec.says(PipelineFields.mode)
    let asked: [(RunMode?, SourceRange)] = [
      (spec[PipelineFields.mode], isSaid ? spec.range(of: PipelineFields.mode) : declarationOfModes),
      (job?[JobFields.mode], job?.range(of: JobFields.mode) ?? spec.range),
    ]
    return asked.compactMap { mode, place in
      guard let mode, !declared.modes.contains(mode) else { return nil }
      let isDefault = place == declarationOfModes
      return Diagnostic(
        .undeclaredCapability,
        isDefault
          ? "`mode` is `\(mode.rawValue)` unless it is written, and the command does not declare that"
          : "the command declares no mode `\(mode.rawValue)`",
        at: place, secondary: isDefault ? [] : declaration(declarationOfModes),
        help: Help("declared: \(listed(declared.modes)); others belong into `command.capabilities.modes`"))
    }
  }

  /// Whether what is written of the modes could be read.
  private var areModesSound: Bool {
    guard command.says(CommandFields.capabilities) else { return true }
    guard let capabilities = command[CommandFields.capabilities] else { return false }
    return !capabilities.says(CommandCapabilityFields.modes) || capabilities[CommandCapabilityFields.modes] != nil
  }

  private var completion: [Diagnostic] {
    guard let job, job[JobFields.action] == .complete, !declared.canComplete else { return [] }
    return [undeclared("that it can be completed", at: job.range(of: JobFields.action), .init("`cancel` ends it"))]
  }

  private var dropping: [Diagnostic] {
    guard let job, job[JobFields.dropDestinationFirst] == true, !declared.canDropDestinationFirst else { return [] }
    let help = Help(
      "empty the destination yourself, or declare it if the command looks at `PIPECTL_DROP_DESTINATION_FIRST`")
    return [
      undeclared("that it drops its destination first", at: job.keyRange(of: JobFields.dropDestinationFirst), help)
    ]
  }

  private func undeclared(_ what: String, at place: SourceRange, _ help: Help) -> Diagnostic {
    Diagnostic(
      .undeclaredCapability, "the command does not declare \(what)", at: place,
      secondary: declaration(command.says(CommandFields.capabilities) ? capabilitiesKey : commandKey), help: help)
  }

  /// Only a continuous run can be completed.
  private var idleCompletion: [Diagnostic] {
    guard areModesSound, declared.canComplete, !declared.modes.contains(.continuous),
      let capabilities = command[CommandFields.capabilities]
    else { return [] }
    return [
      Diagnostic(
        .meaninglessKey, "`complete` means something only with the mode `continuous`",
        at: capabilities.keyRange(of: CommandCapabilityFields.complete), secondary: declaration(declarationOfModes),
        help: Help("add `continuous` to `modes`, or remove `complete`"))
    ]
  }

  private var drainTimeout: [Diagnostic] {
    guard let limits = spec[PipelineFields.limits], limits.says(LimitsFields.drainTimeout) else { return [] }
    return [
      Diagnostic(
        .meaninglessKey, "`drainTimeout` means nothing for a command: it has no target that drains",
        at: limits.keyRange(of: LimitsFields.drainTimeout),
        secondary: [LabelledRange(commandKey, "`command` is here")],
        help: Help("remove it; `cancelGrace` is the time between SIGTERM and SIGKILL"))
    ]
  }

  private var commandKey: SourceRange { spec.keyRange(of: PipelineFields.command) }
  private var capabilitiesKey: SourceRange { command.keyRange(of: CommandFields.capabilities) }

  /// Where the modes are declared, or where they could be.
  private var declarationOfModes: SourceRange {
    guard let capabilities = command[CommandFields.capabilities], command.says(CommandFields.capabilities) else {
      return commandKey
    }
    return capabilities.says(CommandCapabilityFields.modes)
      ? capabilities.range(of: CommandCapabilityFields.modes) : capabilitiesKey
  }

  private func declaration(_ range: SourceRange) -> [LabelledRange] {
    [LabelledRange(range, "what the command declares")]
  }

  private func listed(_ modes: [RunMode]) -> String {
    modes.map { "`\($0.rawValue)`" }.joined(separator: ", ")
  }
}
