import PipelineModel

extension PipelineLowering {
  func lower(command: CheckedObject) throws(AlreadyReported) -> CommandJob {
    CommandJob(
      argv: try command.require(CommandFields.argv),
      environment: (command[CommandFields.env] ?? []).compactMap { entry in
        entry.value.value.setting.map { ConfigEntry(entry.key, $0) }
      },
      workingDirectory: command[CommandFields.workingDirectory],
      capabilities: CommandCapabilities(declaredBy: command))
  }
}

extension CommandCapabilities {
  /// What a command declares, where that is sound.
  init(declaredBy command: CheckedObject) {
    let declared = command[CommandFields.capabilities]
    let modes = declared?[CommandCapabilityFields.modes]?.compactMap { $0.value.text.flatMap(RunMode.init(rawValue:)) }
    self.init(
      modes: modes.map { Set($0) } ?? [.incremental],
      canComplete: declared?[CommandCapabilityFields.complete] ?? false,
      canDropDestinationFirst: declared?[CommandCapabilityFields.dropDestinationFirst] ?? false)
  }
}
