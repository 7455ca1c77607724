import Diagnostics
import PipelineModel

/// What must hold between the parts of a pipeline; speaks only of values that are there and sound.
struct PipelineRules {
  let spec: CheckedObject
  /// Nil where the engine was refused: then nothing is said of what it can do.
  let engine: EngineSpec?
  let capabilities: Capabilities?
  let source: Reference?
  let destination: Reference?
  let settingCheck: CompileOptions.SettingCheck

  var broken: [Diagnostic] {
    streamNames(spec[PipelineFields.streams]) + streamNames(spec[PipelineFields.remote]?[RemoteFields.streams])
      + inlineEnds + secondLocal + selection + onDemand + remote + modes + schedule + keepableSchedule + pause
      + completion + dropping + command + incapable + migration + limits
  }

  private func streamNames(_ rules: [Checked]?) -> [Diagnostic] {
    guard let rules, rules.count > 1 else { return [] }
    let streams = rules.compactMap(\.value.object)
    var first: [String: Int] = [:]
    var broken: [Diagnostic] = []
    for (index, stream) in streams.enumerated() {
      guard let name = stream[StreamFields.name] else { continue }
      if let other = first[name] {
        broken.append(
          Diagnostic(
            .duplicateItem, "there are two rules for the stream `\(excerpt(name))`",
            at: stream.range(of: StreamFields.name),
            secondary: [LabelledRange(streams[other].range(of: StreamFields.name), "the first one")],
            help: Help("make them one: only the first would count")))
      } else {
        first[name] = index
      }
    }
    return broken
  }

  /// The ends that are manifests of their own are checked there.
  private var inlineEnds: [Diagnostic] { broken(source, at: .source) + broken(destination, at: .destination) }

  private func broken(_ reference: Reference?, at end: ConnectorEnd) -> [Diagnostic] {
    guard let reference, reference.manifest == nil else { return [] }
    return end.broken(in: reference.object) + end.brokenSettings(in: reference.object, by: settingCheck)
  }

  private var incapable: [Diagnostic] {
    source.flatMap { SourceCapabilityRules(spec: spec, source: $0.object) }?.broken ?? []
  }

  /// This machine is one engine, with one bound for all that it runs.
  private var secondLocal: [Diagnostic] {
    guard let engine, (engine.type == EngineName.local.text) != (engine.name == .local) else { return [] }
    guard engine.name != .local else {
      return [
        Diagnostic(
          .secondLocalEngine, "`local` is this machine, and no engine of type `\(engine.type)`",
          at: spec.range(of: PipelineFields.engine), help: Help("give the Engine another name"))
      ]
    }
    return [
      Diagnostic(
        .secondLocalEngine, "`\(engine.name)` is an engine of type `local`, and this machine is one engine: `local`",
        at: spec.range(of: PipelineFields.engine),
        help: Help("an Engine with the name `local` says how many runs it may have", replacement: "local"))
    ]
  }

  private var remote: [Diagnostic] {
    guard let engine, engine.type == EngineName.local.text, spec.says(PipelineFields.remote),
      !spec.says(PipelineFields.command)
    else { return [] }
    return [
      Diagnostic(
        .remoteOnLocalEngine, "the engine `\(engine.name)` runs on this machine and holds no definitions",
        at: spec.keyRange(of: PipelineFields.remote), help: Help("give `source` and `destination`, or another `engine`")
      )
    ]
  }

  private var onDemand: [Diagnostic] {
    guard let capabilities = spec[PipelineFields.remote]?[RemoteFields.capabilities],
      capabilities[RemoteCapabilityFields.start] == false, let job, job.says(JobFields.action)
    else { return [] }
    return [
      Diagnostic(
        .notOnDemand, "its jobs can neither be started nor stopped on demand", at: job.range(of: JobFields.action),
        secondary: [LabelledRange(capabilities.range(of: RemoteCapabilityFields.start), "as it says of itself")],
        help: Help("remove `job`: the engine's own schedule starts them"))
    ]
  }

  private var selection: [Diagnostic] {
    guard let remote = spec[PipelineFields.remote], let capabilities, remote.says(RemoteFields.streams),
      !capabilities.selectsStreams
    else { return [] }
    return [
      Diagnostic(
        .unselectableStreams, "an engine of type `\(capabilities.engineType)` selects no streams for pipectl",
        at: remote.keyRange(of: RemoteFields.streams), help: Help("remove it, and select them there"))
    ]
  }

  private var command: [Diagnostic] { CommandRules(spec, engine: engine)?.broken ?? [] }

  private var migration: [Diagnostic] {
    capabilities.map { MigrationRules(spec: spec, capabilities: $0).broken } ?? []
  }

  private var modes: [Diagnostic] {
    let isSaid = spec.says(PipelineFields.mode)
    return unsupported(isSaid ? spec[PipelineFields.mode] : nil, at: spec.range(of: PipelineFields.mode))
      + unsupported(job?[JobFields.mode], at: job?.range(of: JobFields.mode) ?? spec.range)
  }

  private func unsupported(_ mode: RunMode?, at place: @autoclosure () -> SourceRange) -> [Diagnostic] {
    guard let mode, let capabilities, !capabilities.modes.contains(mode) else { return [] }
    let known = RunMode.allCases.filter { capabilities.modes.contains($0) }.map(\.rawValue)
    return [
      Diagnostic(
        .unsupportedMode, "an engine of type `\(capabilities.engineType)` has no mode `\(mode.rawValue)`", at: place(),
        help: capabilities.modesOnRequest.contains(mode)
          ? Help("if this instance has it all the same, say `\(mode.rawValue): true` in the manifest of the Engine")
          : known.isEmpty ? nil : Help("it has \(oneOf(known))"))
    ]
  }

  private var keepableSchedule: [Diagnostic] {
    capabilities.map { EngineScheduleRules(spec: spec, capabilities: $0).broken } ?? []
  }

  private var pause: [Diagnostic] {
    capabilities.map { EnginePauseRules(spec: spec, capabilities: $0).broken } ?? []
  }

  /// What only the supervisor of processes measures and ends.
  private var limits: [Diagnostic] {
    guard let capabilities, capabilities.conduct.liveness != .process, spec.says(PipelineFields.limits) else {
      return []
    }
    return [
      Diagnostic(
        .meaninglessKey,
        "`limits` means nothing on an engine of type `\(capabilities.engineType)`: nothing here measures its jobs",
        at: spec.keyRange(of: PipelineFields.limits), help: Help("remove it"))
    ]
  }

  private var schedule: [Diagnostic] {
    guard let schedule = spec[PipelineFields.schedule], let capabilities, capabilities.scheduleOwner == .engine else {
      return []
    }
    let fields: [any DescribedField] = [ScheduleFields.missed, ScheduleFields.overlap, ScheduleFields.startDeadline]
    return fields.filter { schedule.says($0) }.map { field in
      Diagnostic(
        .engineOwnsSchedule,
        "an engine of type `\(capabilities.engineType)` keeps its own schedules: `\(field.description.key)` has no effect there",
        at: schedule.keyRange(of: field), help: Help("remove it"))
    }
  }

  private var job: CheckedObject? { spec[PipelineFields.job] }

  private var completion: [Diagnostic] {
    guard let job, job[JobFields.action] == .complete else { return [] }
    let place = job.range(of: JobFields.action)
    if let capabilities, !capabilities.canComplete {
      return [
        Diagnostic(
          .cannotComplete, "an engine of type `\(capabilities.engineType)` cannot complete a job", at: place,
          help: Help("`cancel` ends it"))
      ]
    }
    guard let mode = spec[PipelineFields.mode], mode != .continuous, !isCommandThatCannotComplete else { return [] }
    let said = spec.says(PipelineFields.mode)
    return [
      Diagnostic(
        .completeNeedsContinuous, "`complete` is for pipelines whose `mode` is `continuous`", at: place,
        secondary: said ? [LabelledRange(spec.range(of: PipelineFields.mode), "this one is `\(mode.rawValue)`")] : [],
        help: Help("`cancel` ends the run of any mode"))
    ]
  }

  /// One mistake, one message: that it does not declare it is said.
  private var isCommandThatCannotComplete: Bool {
    spec[PipelineFields.command].map { !CommandCapabilities(declaredBy: $0).canComplete } ?? false
  }

  private var dropping: [Diagnostic] {
    guard let job, job[JobFields.dropDestinationFirst] == true, let capabilities else { return [] }
    let place = job.keyRange(of: JobFields.dropDestinationFirst)
    if !capabilities.canDropDestinationFirst {
      return [
        Diagnostic(
          .cannotDropDestination, "an engine of type `\(capabilities.engineType)` cannot drop a destination", at: place,
          help: Help("empty the destination yourself, then start with `mode: historical`"))
      ]
    }
    guard engine?.type == EngineName.local.text, let connector = destination?.object[ConnectionFields.connector],
      let type = connector[ConnectorFields.type], type != .builtin
    else { return [] }
    return [
      Diagnostic(
        .cannotDropDestination, "only a built-in destination can be dropped first", at: place,
        secondary: [LabelledRange(connector.range(of: ConnectorFields.type), "the destination's connector")],
        help: Help("empty the destination yourself, then start with `mode: historical`"))
    ]
  }
}
