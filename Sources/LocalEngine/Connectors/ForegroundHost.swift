internal import Glibc
internal import PipelineModel

/// Runs the programs of an installation for a command that somebody waits for.
final class ForegroundHost: ProgramHost {
  private let isInterrupted: () -> Bool
  private var exits: [Int32: ProcessExit] = [:]

  init(isInterrupted: @escaping () -> Bool) {
    self.isInterrupted = isInterrupted
  }

  func start(_ program: ChildProcess) throws(Failure) -> Int32 {
    do {
      return try program.spawn()
    } catch {
      throw Failure(
        .connectorMissing, error.startSentence(of: program.path))
    }
  }

  func exit(of pid: Int32) -> ProcessExit? {
    if let exit = exits[pid] { return exit }
    var status: Int32 = 0
    guard waitpid(pid, &status, WNOHANG) == pid else { return nil }
    exits[pid] = ProcessExit(waitStatus: status)
    return exits[pid]
  }

  /// Its group; what left that is not ours to find.
  func sweep(_ pid: Int32) { kill(-pid, SIGKILL) }

  var interruption: Failure? {
    isInterrupted() ? Failure(.installInterrupted, "the installation was interrupted; nothing of it is used") : nil
  }
}
