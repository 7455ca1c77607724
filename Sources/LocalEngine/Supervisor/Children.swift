internal import Glibc
internal import PipelineModel

/// The processes below a supervisor: started one by one, reaped together, and proven to be gone.
final class Children {
  /// Those that were started and not yet reaped, by pid.
  private var running: [Int32: ChildRecord] = [:]
  private let ledger: RunLedger

  init(_ ledger: RunLedger) {
    self.ledger = ledger
  }

  /// Starts a program once its pid, group and start time are durable.
  func start(_ child: ChildProcess, as role: ConnectorRole) throws(Failure) -> ChildRecord {
    do {
      let gated = try child.spawnGated()
      let record = ChildRecord(role: role, identity: ProcessTable.identity(of: gated.pid), group: gated.pid)
      running[gated.pid] = record
      ledger.record(.childStarted(record), durably: true)
      if let reason = ledger.failure { throw Failure(.journalFailed, reason) }
      try open(gated, child.path)
      return record
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(.supervisorFailed, "\(role.rawValue): \(error)")
    }
  }

  private func open(_ gated: ChildProcess.Gated, _ path: String) throws(Failure) {
    do {
      try gated.open()
    } catch {
      throw Failure(.connectorMissing, error.startSentence(of: path))
    }
  }

  /// Those that ended since the last time. Adopted orphans are reaped in silence.
  func reap() -> [(child: ChildRecord, exit: ProcessExit)] {
    var ended: [(child: ChildRecord, exit: ProcessExit)] = []
    var status: Int32 = 0
    while true {
      let pid = waitpid(-1, &status, WNOHANG)
      guard pid > 0 else { return ended }
      guard let child = running.removeValue(forKey: pid) else { continue }
      let exit = ProcessExit(waitStatus: status)
      ledger.record(.childExited(child.role, pid: pid, exit))
      ended.append((child, exit))
    }
  }

  /// Signals a child's whole process group.
  func signal(_ child: ChildRecord, _ number: Int32) {
    kill(-child.group, number)
  }

  /// Whether nothing of a child's group is left.
  func isGone(_ child: ChildRecord) -> Bool { kill(-child.group, 0) != 0 && errno == ESRCH }

  /// Signals every process below this one, also those that left their group.
  func signalAll(_ number: Int32) {
    for process in ProcessTable.descendants(of: getpid()) { kill(process.pid, number) }
  }

  /// Ends whatever is left; returns when there is no process below this one. The kernel says so: orphans become our children, so having none
  /// means that there are no descendants.
  func sweep(_ events: EventQueue, grace: Int64, _ handle: (SupervisorEvent) -> Void) {
    let killAt = Clock.uptime() + grace
    var signalled: Set<Int32> = []
    while hasAny() {
      let isOverdue = Clock.uptime() >= killAt
      for process in ProcessTable.descendants(of: getpid()) {
        if isOverdue {
          kill(process.pid, SIGKILL)
        } else if signalled.insert(process.pid).inserted {
          kill(process.pid, SIGTERM)
        }
      }
      if let event = events.next(within: 50) { handle(event) }
    }
  }

  private func hasAny() -> Bool {
    _ = reap()
    return !(waitpid(-1, nil, WNOHANG) == -1 && errno == ECHILD)
  }
}
