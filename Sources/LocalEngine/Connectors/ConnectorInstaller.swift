internal import CPosix
internal import EngineAPI
internal import Foundation
internal import Glibc
internal import PipelineModel

/// Finds installations, and makes those that are missing.
///
/// An installation is made where it stays, under its lock, and its marker is the last that is written. Whoever finds one without a marker
/// removes it and begins anew; so it does not matter when and how the one before was interrupted.
final class ConnectorInstaller {
  private let folder: String
  private let runner: StepRunner
  private let environment: InstallerEnvironment
  private let tool: InstallerTool
  private var knownPython: PythonInterpreter?

  /// - Parameters:
  ///   - folder: absolute.
  ///   - parent: the variables of whoever installs; only what installers need of them is passed on.
  ///   - mark: tells whose the processes are.
  ///   - log: called with each line of the installer.
  init(
    _ folder: String, on host: any ProgramHost, parent: [String: String], mark: [String: String] = [:],
    log: @escaping (String) -> Void
  ) {
    self.folder = folder
    environment = InstallerEnvironment(parent, mark: mark)
    runner = StepRunner(host, Scrubber(environment.secrets), log: log)
    tool = InstallerTool(environment, choice: parent[InstallerTool.choice])
  }

  /// The installation, complete and held.
  ///
  /// - Parameter beginning: called once, before anything has to be made or waited for.
  func install(
    _ requirement: PackageRequirement, _ wanted: WantedProgram, anew: Bool = false, beginning: () -> Void
  ) throws(Failure) -> HeldInstallation {
    let python = try python()
    let installation = Installation(folder: folder, of: requirement, with: python)
    do {
      if !anew, let found = try found(installation) { return found }
      switch try awaitTurn(at: installation, anew: anew, beginning) {
      case .there(let held): return held
      case .locked(let lock):
        try make(installation, requirement, wanted, python, lock)
        return try hold(installation, lock)
      }
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(.installFailed, "`\(requirement.text)` could not be installed: \(error)\(Self.advice(error))")
    }
  }

  private static func advice(_ error: any Error) -> String {
    (error as? PosixError)?.code == ENOSPC ? "; " + InstallTrouble.diskFull.advice : ""
  }

  private enum Turn {
    case there(HeldInstallation)
    case locked(FileDescriptor)
  }

  /// Waits until the installation is there, or can be made. A lock that somebody has for a moment only, to look, is waited for in silence.
  private func awaitTurn(at installation: Installation, anew: Bool, _ beginning: () -> Void) throws -> Turn {
    let patientUntil = Clock.uptime() + 1000
    var hasBegun = false
    while true {
      if let interruption = runner.interruption { throw interruption }
      if !anew, let found = try found(installation) { return .there(found) }
      if !hasBegun, anew || installation.record == nil || Clock.uptime() > patientUntil {
        hasBegun = true
        beginning()
      }
      if anew || installation.record == nil, let lock = try InstallationLock.take(installation.lock, .alone) {
        // Whoever had it may have made it meanwhile.
        guard !anew, installation.record != nil else { return .locked(lock) }
        return .there(try hold(installation, lock))
      }
      if !hasSaid, Clock.uptime() > patientUntil {
        hasSaid = true
        runner.say(
          "\(installation.name): waiting for \(installation.record == nil ? installation.maker : "the runs that use it")"
        )
      }
      usleep(50_000)  // poll: a lock that becomes free gives no event that a stop could interrupt
    }
  }
  private var hasSaid = false

  private func found(_ installation: Installation) throws(PosixError) -> HeldInstallation? {
    guard installation.record != nil, let lock = try InstallationLock.take(installation.lock, .shared),
      let record = installation.record
    else { return nil }
    return HeldInstallation(installation: installation, record: record, lock: lock)
  }

  /// Goes on with others beside it.
  private func hold(_ installation: Installation, _ lock: FileDescriptor) throws -> HeldInstallation {
    guard try InstallationLock.change(lock, to: .shared), let record = installation.record else {
      throw Failure(.installInterrupted, "\(installation.path) was removed as soon as it was made; try again")
    }
    return HeldInstallation(installation: installation, record: record, lock: lock)
  }

  private func make(
    _ installation: Installation, _ requirement: PackageRequirement, _ wanted: WantedProgram,
    _ python: PythonInterpreter, _ lock: FileDescriptor
  ) throws {
    do {
      try installation.remove()
      try installation.note(requirement.text)
      runner.say(
        "installing \(requirement.text) with \(tool.name) and Python \(python.version) into \(installation.path)")
      try build(installation, requirement, python, lock)
      let record = try examine(installation, requirement, python)
      for program in wanted.toTry(from: record, in: installation) { try tryOut(program, installation, record) }
      try Files.synchronizeDisk(of: installation.path)
      try record.write(to: installation.marker)
      runner.say("installed \(requirement.text)")
    } catch {
      try? installation.remove()
      throw error
    }
  }

  private func build(
    _ installation: Installation, _ requirement: PackageRequirement, _ python: PythonInterpreter, _ lock: FileDescriptor
  ) throws(Failure) {
    let steps = [
      (tool.name, tool.make(installation.path, with: python)),
      (tool.installer, tool.install(requirement.text, into: installation.path)),
    ]
    for (name, step) in steps {
      // The installer holds the lock too: nobody begins anew beside one whose starter was killed.
      let end = try runner.run(step, environment: environment.variables, keeping: lock)
      if !end.exit.isSuccess { throw failure(of: requirement, in: name, end) }
    }
  }

  private func failure(of requirement: PackageRequirement, in name: String, _ end: InstallStepEnd) -> Failure {
    let message = "`\(requirement.text)` could not be installed: \(name) \(end.exit.phrase)"
    let lines = Array(end.lines.suffix(20))
    if case .signal = end.exit { return Failure(.installInterrupted, message, lastLines: lines) }
    let trouble = InstallTrouble(end.lines)
    return Failure(
      trouble.isPassing ? .installInterrupted : .installFailed, "\(message); \(trouble.advice)", lastLines: lines)
  }

  private func examine(
    _ installation: Installation, _ requirement: PackageRequirement, _ python: PythonInterpreter
  ) throws(Failure) -> InstallationRecord {
    let step = InstallStep(
      installation.program("python"), ["-I", "-c", Self.examination, requirement.name], timeLimit: Self.questionLimit)
    let end = try runner.run(step, environment: environment.connectorVariables, isQuiet: true)
    guard end.exit.isSuccess, let version = end.lines.first else {
      throw Failure(
        .installFailed,
        "`\(requirement.text)` is installed, and Python does not find a package `\(requirement.name)` there",
        lastLines: end.lines.suffix(20))
    }
    return InstallationRecord(
      requirement: requirement.text, path: Files.realPath(installation.path) ?? installation.path,
      packageVersion: version, python: python, madeWith: tool.name,
      executables: Array(end.lines.dropFirst()), madeAt: Clock.now())
  }

  /// Its version, and then the programs that belong to the package itself.
  private static let examination = """
    import importlib.metadata, os, sys
    package = importlib.metadata.distribution(sys.argv[1])
    programs = os.path.realpath(os.path.dirname(sys.executable))
    names = {entry.name for entry in package.entry_points if entry.group == "console_scripts"}
    for file in package.files or []:
        path = os.path.abspath(package.locate_file(file))
        if os.path.realpath(os.path.dirname(path)) == programs and os.access(path, os.X_OK):
            names.add(os.path.basename(path))
    print("\\n".join([package.version, *sorted(names)]))
    """
  private static let questionLimit: Int64 = 60_000

  private func tryOut(_ program: String, _ installation: Installation, _ record: InstallationRecord) throws(Failure) {
    let step = InstallStep(installation.program(program), ["--help"], timeLimit: StartCheck.timeLimit)
    let end: InstallStepEnd
    do {
      end = try runner.run(step, environment: environment.connectorVariables, isQuiet: true)
    } catch {
      guard error.code == .connectorMissing else { throw error }
      end = InstallStepEnd(exit: .code(127), lines: [error.message])
    }
    if end.isOverdue { runner.say("`\(program) --help` did not end within a minute; taken for a start") }
    guard let trouble = StartCheck.trouble(end) else { return }
    for line in end.lines.suffix(20) { runner.say("\(program): \(line)") }
    throw Failure(
      .installFailed,
      "`\(record.requirement)` is installed, and `\(program)` does not start with Python \(record.python.version): \(trouble); "
        + "another version of the package may, or an older python3 first on PATH",
      lastLines: end.lines.suffix(20))
  }

  /// The `python3` of PATH.
  private func python() throws(Failure) -> PythonInterpreter {
    if let knownPython { return knownPython }
    guard let path = ProgramSearch.find("python3", in: environment.path) else {
      throw Failure(
        .installFailed,
        "connectors given by `package` need Python, and there is no python3 in PATH, which is `\(environment.path)`: apt install python3 python3-venv"
      )
    }
    let step = InstallStep(path, PythonInterpreter.question, timeLimit: Self.questionLimit)
    let end = try runner.run(step, environment: environment.variables, isQuiet: true)
    guard end.exit.isSuccess, let python = PythonInterpreter(answer: end.lines) else {
      throw Failure(
        .installFailed, "`\(path)` does not say which Python it is (it \(end.exit.phrase))",
        lastLines: end.lines.suffix(20))
    }
    knownPython = python
    return python
  }
}
