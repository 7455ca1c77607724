internal import EngineAPI
internal import Glibc
internal import PipelineModel

/// Runs the programs of an installation one after the other, each to its end, and passes on what they say line by line.
final class StepRunner {
  private let host: any ProgramHost
  private let scrubber: Scrubber
  private let log: (String) -> Void

  init(_ host: any ProgramHost, _ scrubber: Scrubber, log: @escaping (String) -> Void) {
    self.host = host
    self.scrubber = scrubber
    self.log = log
  }

  func say(_ text: String) { log("[pipectl] " + text) }

  var interruption: Failure? { host.interruption }

  /// - Parameter kept: a descriptor that the program holds as long as it lives.
  func run(
    _ step: InstallStep, environment: [String: String], isQuiet: Bool = false, keeping kept: FileDescriptor? = nil
  ) throws(Failure) -> InstallStepEnd {
    if let interruption = host.interruption { throw interruption }
    let (pid, output) = try start(step, environment, kept)
    defer { host.sweep(pid) }
    var lines = OutputLines(scrubber: scrubber, log: isQuiet ? { _ in } : log)
    let isOverdue = try follow(pid, output, &lines, deadline: step.timeLimit.map { Clock.uptime() + $0 })
    lines.end()
    return InstallStepEnd(exit: host.exit(of: pid) ?? .signal(SIGKILL), lines: lines.last, isOverdue: isOverdue)
  }

  private func start(
    _ step: InstallStep, _ environment: [String: String], _ kept: FileDescriptor?
  ) throws(Failure) -> (Int32, FileDescriptor) {
    do {
      let (reading, writing) = try FileDescriptor.pipe()
      let null = try FileDescriptor(opening: "/dev/null", O_RDONLY)
      // The whole path as the first argument: by it, a Python knows which environment it belongs to.
      let pid = try host.start(
        ChildProcess(
          path: step.path, arguments: [step.path] + step.options,
          environment: environment.map { "\($0.key)=\($0.value)" }.sorted(), directory: "/", input: null,
          output: writing, error: writing, kept: kept))
      writing.close()
      return (pid, reading)
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(.supervisorFailed, "\(error)")
    }
  }

  /// Reads until the program is gone and its output at an end; returns whether it had to be ended for being late.
  private func follow(
    _ pid: Int32, _ output: FileDescriptor, _ lines: inout OutputLines, deadline: Int64?
  ) throws(Failure) -> Bool {
    var isOpen = true
    var exitedAt: Int64?
    while true {
      if isOpen { isOpen = lines.read(output, waiting: 100) } else { usleep(20_000) }
      if exitedAt == nil, host.exit(of: pid) != nil { exitedAt = Clock.uptime() }
      // A process that was left behind may hold the pipe open for ever.
      if let exitedAt, !isOpen || Clock.uptime() - exitedAt > 2000 { return false }
      if let interruption = host.interruption {
        end(pid)
        throw interruption
      }
      if let deadline, Clock.uptime() > deadline {
        end(pid)
        return true
      }
    }
  }

  /// At once: what it has made is thrown away anyway.
  private func end(_ pid: Int32) {
    kill(-pid, SIGTERM)
    let killAt = Clock.uptime() + 1000
    while host.exit(of: pid) == nil {
      if Clock.uptime() > killAt { kill(-pid, SIGKILL) }
      usleep(10_000)
    }
  }
}
