internal import Glibc
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
    let runner = StepRunner(LookHost(isInterrupted: isInterrupted), Scrubber(environment.secrets)) { _ in }
    let tool = InstallerTool(environment, choice: parent[InstallerTool.choice])
    return try ConnectorInstaller(folder, runner, environment, tool).install(requirement, wanted) {}
  }
}

/// Runs the programs of an installation while somebody waits for it.
private final class LookHost: ProgramHost {
  private let isInterrupted: @Sendable () -> Bool
  private var exits: [Int32: ProcessExit] = [:]

  init(isInterrupted: @escaping @Sendable () -> Bool) {
    self.isInterrupted = isInterrupted
  }

  func start(_ program: ChildProcess) throws(Failure) -> Int32 {
    do {
      return try program.spawn()
    } catch {
      let reason = String(cString: strerror(error.code))
      throw Failure(.connectorMissing, "`\(program.path)` could not be started: \(reason)")
    }
  }

  func exit(of pid: Int32) -> ProcessExit? {
    if let exit = exits[pid] { return exit }
    var status: Int32 = 0
    guard waitpid(pid, &status, WNOHANG) == pid else { return nil }
    exits[pid] = ProcessExit(waitStatus: status)
    return exits[pid]
  }

  func sweep(_ pid: Int32) { kill(-pid, SIGKILL) }

  var interruption: Failure? {
    isInterrupted() ? Failure(.installInterrupted, "the installation was interrupted; nothing of it is used") : nil
  }
}
