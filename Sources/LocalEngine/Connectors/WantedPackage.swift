internal import PipelineModel

/// The package of a connector, and which of its programs is meant.
struct WantedPackage {
  let requirement: PackageRequirement
  let program: WantedProgram

  /// Nil for a connector that is no package.
  init?(_ connector: Connector, as role: ConnectorRole) throws(Failure) {
    guard case .package(let text, let executable) = connector else { return nil }
    guard let requirement = PackageRequirement(text) else {
      throw Failure(.connectorMissing, "`\(text)` is no package requirement: write `name==1.2.3`")
    }
    self.requirement = requirement
    program = WantedProgram(executable, as: role)
  }
}
