internal import Glibc
internal import PipelineModel

/// A connector that is asked one question: started without a shell, in a group of its own, for a limited time, with bounded output.
struct BriefProcess {
  let start: ConnectorStart
  let log: BoundedLog
  /// The most that is taken of its output.
  let bound: Int
  let isInterrupted: @Sendable () -> Bool

  struct Answer {
    let exit: ProcessExit
    /// Nil where it was more than the bound.
    let output: [UInt8]?
    let lastLines: [String]
    let ending: Ending
  }

  enum Ending {
    case byItself
    /// Its time was over.
    case late
    /// The user did not want to wait.
    case interrupted
  }

  /// From SIGTERM to SIGKILL; a question has nothing to lose.
  private static let grace: Int64 = 1000

  /// Returns when nothing of its group is left.
  func run(within limit: Int64) throws(Failure) -> Answer {
    let events = EventQueue()
    let output = OutputReaders.Collected(bound: bound)
    var watch = Watch(pid: try spawn(output, events), deadline: Clock.uptime() + limit)
    while !watch.isOver { step(&watch, events) }
    return Answer(
      exit: watch.exit ?? .code(0), output: output.bytes, lastLines: log.lastLines, ending: watch.ending)
  }

  private func spawn(_ output: OutputReaders.Collected, _ events: EventQueue) throws(Failure) -> Int32 {
    do {
      let (reading, writing) = try FileDescriptor.pipe()
      let (errors, error) = try FileDescriptor.pipe()
      let null = try FileDescriptor(opening: "/dev/null", O_RDONLY)
      let pid = try start.process(input: null, output: writing, error: error).spawn()
      for end in [writing, error, null] { end.close() }
      output.start(reading, events)
      OutputReaders.drain(errors, into: log, events)
      return pid
    } catch {
      throw Failure(.connectorMissing, error.startSentence(of: start.program.path))
    }
  }

  private struct Watch {
    let pid: Int32
    let deadline: Int64
    var openReaders = 2
    var exit: ProcessExit?
    var exitedAt: Int64?
    var ending = Ending.byItself
    var killAt: Int64?

    /// What holds a pipe open and hides from us is not waited for.
    var isOver: Bool { exit != nil && (openReaders == 0 || Clock.uptime() - (exitedAt ?? 0) > 5000) }
  }

  private func step(_ watch: inout Watch, _ events: EventQueue) {
    if case .readerEnded? = events.next(within: 50) { watch.openReaders -= 1 }
    if watch.exit == nil {
      endIfDue(&watch)
      guard hasExited(watch.pid) else { return }
      // Before the leader is reaped, so that the group's number cannot be somebody else's.
      kill(-watch.pid, SIGKILL)
      var status: Int32 = 0
      waitpid(watch.pid, &status, 0)
      watch.exit = ProcessExit(waitStatus: status)
      watch.exitedAt = Clock.uptime()
    } else if watch.openReaders > 0 {
      endEscaped()
    }
  }

  private func endIfDue(_ watch: inout Watch) {
    let now = Clock.uptime()
    if let killAt = watch.killAt {
      if now >= killAt { kill(-watch.pid, SIGKILL) }
      return
    }
    if isInterrupted() {
      watch.ending = .interrupted
    } else if now >= watch.deadline {
      watch.ending = .late
    } else {
      return
    }
    watch.killAt = now + Self.grace
    kill(-watch.pid, SIGTERM)
  }

  private func hasExited(_ pid: Int32) -> Bool {
    var info = siginfo_t()
    return waitid(P_PID, id_t(pid), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_signo == SIGCHLD
  }

  /// What left the group may hold a pipe open for ever.
  private func endEscaped() {
    guard let mark = start.environment.first(where: { $0.hasPrefix(ConnectorEnvironment.mark + "=") }) else { return }
    for process in ProcessTable.others(startedWith: mark) { kill(process.pid, SIGKILL) }
  }
}
