internal import PipelineModel

/// Installs the package of a connector that is to be looked at, where it is missing.
struct LookInstall {
  /// Absolute.
  let folder: String
  let isInterrupted: @Sendable () -> Bool

  /// The installation, held for as long as the value is; nil for a connector that is no package.
  func installation(for connector: Connector, as role: ConnectorProbe.Role) throws(Failure) -> HeldInstallation? {
    guard case .package(let text, let executable) = connector else { return nil }
    guard let requirement = PackageRequirement(text) else {
      throw Failure(.connectorMissing, "`\(text)` is no package requirement: write `name==1.2.3`")
    }
    let wanted = executable.map { WantedProgram.named($0) } ?? (role == .destination ? .target : .tap)
    let parent = processEnvironment()
    let environment = InstallerEnvironment(parent)
    let runner = StepRunner(ForegroundHost(isInterrupted: isInterrupted), Scrubber(environment.secrets)) { _ in }
    let tool = InstallerTool(environment, choice: parent[InstallerTool.choice])
    return try ConnectorInstaller(folder, runner, environment, tool).install(requirement, wanted) {}
  }
}
