internal import PipelineModel

/// Installs the package of a connector that is to be looked at, where it is missing.
struct LookInstall {
  /// Absolute.
  let folder: String
  let isInterrupted: @Sendable () -> Bool

  /// The installation, held for as long as the value is; nil for a connector that is no package.
  func installation(for connector: Connector, as role: ConnectorRole) throws(Failure) -> HeldInstallation? {
    guard let package = try WantedPackage(connector, as: role) else { return nil }
    let host = ForegroundHost(isInterrupted: isInterrupted)
    return try ConnectorInstaller(folder, on: host, parent: processEnvironment()) { _ in }
      .install(package.requirement, package.program) {}
  }
}
