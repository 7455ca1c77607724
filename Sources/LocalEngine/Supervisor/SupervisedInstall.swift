internal import Glibc
internal import PipelineModel

/// The installation of a run's packages, as its first stage: only where one is missing.
final class SupervisedInstall: ProgramHost {
  private let supervision: Supervision
  private var exits: [Int32: ProcessExit] = [:]
  private var hasBegun = false

  init(_ supervision: Supervision) {
    self.supervision = supervision
  }

  /// The installation that a connector needs, held for as long as the value is; nil for one that is no package.
  func installation(for connector: Connector, as role: ConnectorRole) throws(Failure) -> HeldInstallation? {
    guard let package = try WantedPackage(connector, as: role) else { return nil }
    guard let folder = supervision.specification.connectorsFolder else {
      throw Failure(.supervisorFailed, "the run was ordered without a folder for connectors; start it again")
    }
    return try installer(folder, role == .target ? supervision.targetLog : supervision.tapLog)
      .install(package.requirement, package.program) { begin() }
  }

  /// Closes the stage, where there was one; what connectors say from now on is their own.
  func end() {
    guard hasBegun else { return }
    hasBegun = false
    supervision.ledger.record(.stageEnded(.install))
    for log in [supervision.tapLog, supervision.targetLog] { log.forgetLastLines() }
  }

  private func begin() {
    guard !hasBegun else { return }
    hasBegun = true
    supervision.ledger.record(.stageBegan(.install))
  }

  private func installer(_ folder: String, _ log: BoundedLog) -> ConnectorInstaller {
    ConnectorInstaller(
      folder, on: self, parent: processEnvironment(),
      mark: [ConnectorEnvironment.mark: supervision.directory.path, "PIPECTL_ROLE": ConnectorRole.install.rawValue]
    ) { log.add($0) }
  }

  func start(_ program: ChildProcess) throws(Failure) -> Int32 {
    try supervision.children.start(program, as: .install).identity.pid
  }

  func exit(of pid: Int32) -> ProcessExit? {
    for (child, exit) in supervision.children.reap() { exits[child.identity.pid] = exit }
    return exits[pid]
  }

  func sweep(_ pid: Int32) {
    supervision.children.sweep(supervision.events, grace: 1000) { supervision.handleBetweenRounds($0) }
  }

  var interruption: Failure? {
    supervision.takeInStops()
    if supervision.stops.isCancelling {
      supervision.stops.advance(to: .terminating)
      return Failure(.installInterrupted, "the installation of the connectors was cancelled")
    }
    if let reason = supervision.ledger.failure { return Failure(.journalFailed, reason) }
    return supervision.exceededRunTimeout.map {
      Failure(.runTimeout, "installing the connectors took the run past its limit of \($0)")
    }
  }
}
