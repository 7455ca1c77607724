internal import PipelineModel

/// Installs the package of a connector that is to be looked at, where it is missing.
struct LookInstall {
  /// Absolute.
  let folder: String
  let isInterrupted: @Sendable () -> Bool

  /// The installation, held for as long as the value is; nil for a connector that is no package.
  func installation(for connector: Connector, as role: ConnectorRole) throws(Failure) -> HeldInstallation? {
    guard let package = try WantedPackage(connector, as: role) else { return nil }
    let parent = processEnvironment()
    let environment = InstallerEnvironment(parent)
    let runner = StepRunner(ForegroundHost(isInterrupted: isInterrupted), Scrubber(environment.secrets)) { _ in }
    let tool = InstallerTool(environment, choice: parent[InstallerTool.choice])
    return try ConnectorInstaller(folder, runner, environment, tool).install(package.requirement, package.program) {}
  }
}
