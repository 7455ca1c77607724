internal import EngineAPI
internal import Foundation
internal import Glibc
public import PipelineModel
internal import SingerProtocol

/// Looks at a connector without a run: reads its secrets, finds its program, asks it for `--about`, and a tap for what it offers.
///
/// Connectors are started as in a run: from an array of arguments, with few variables, settings in files that only the owner can read. The
/// state folder is not touched. What was started is gone when the look is over, also where it was interrupted.
public struct ConnectorProbe: Sendable {
  public enum Role: Hashable, Sendable {
    case source
    case destination
  }

  private let timeout: Int64
  private let connectorsFolder: String
  private let temporaryFolder: String
  private let isInterrupted: @Sendable () -> Bool

  /// `timeout` is for one connector, the installation of a package apart. Packages are in `connectorsFolder`, which is absolute; without a
  /// `temporaryFolder`, TMPDIR or `/tmp` is used.
  public init(
    timeout: TimeSpan, connectorsFolder: String, temporaryFolder: String? = nil,
    isInterrupted: @escaping @Sendable () -> Bool
  ) {
    self.timeout = timeout.milliseconds
    self.connectorsFolder = connectorsFolder
    self.temporaryFolder = temporaryFolder ?? FileManager.default.temporaryDirectory.path
    self.isInterrupted = isInterrupted
  }

  /// Removes what was left in the folder for temporary files by a look that was killed. What cannot be removed stays.
  public func removeRemains() {
    try? LookFolder.removeRemains(in: temporaryFolder)
  }

  /// Takes a thread of its own: processes are waited for.
  public func look(at connection: Connection, as role: Role) async -> ProbeReport {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread { continuation.resume(returning: report(connection, role)) }
    }
  }

  private func report(_ connection: Connection, _ role: Role) -> ProbeReport {
    let directory = Files.workingDirectory()
    var settings = LookSettings(directory: directory)
    let config = settings.resolve(connection.config, at: "config")
    let environment = settings.resolve(connection.environment, at: "connector.env")
    var report = ProbeReport(findings: settings.unresolved, scrubber: Scrubber(settings.secrets))
    let end = role == .source ? ConnectorRole.tap : .target
    do throws(Failure) {
      let package = try LookInstall(folder: connectorsFolder, isInterrupted: isInterrupted)
        .installation(for: connection.connector, as: end)
      defer { withExtendedLifetime(package) {} }
      let program = try ConnectorProgram(
        connection.connector, as: end, searching: ProgramSearch.path(named: environment), installed: package)
      // Nothing can be asked of it.
      if program.isBuiltin, role == .destination {
        report.isBuiltin = true
        return report
      }
      try inFolder { folder throws(Failure) in
        var look = ConnectorLook(
          connection: connection, role: role, program: program, config: config, environment: environment,
          workingDirectory: directory, directory: folder, deadline: Clock.uptime() + timeout, timeout: timeout,
          isInterrupted: isInterrupted, report: report)
        defer { report = look.report }
        try look.run()
      }
    } catch {
      note(error, in: &report)
    }
    return report
  }

  private func note(_ failure: Failure, in report: inout ProbeReport) {
    switch failure.code {
    case .installInterrupted where isInterrupted(): report.isInterrupted = true
    case .installInterrupted, .connectorMissing, .installFailed: report.findings.append(.programMissing(failure))
    case .secretUnresolved, .discoveryFailed, .catalogRefused, .tapFailed, .targetFailed, .invalidMessage, .cutShort,
      .commandMissing, .commandFailed, .runTimeout, .noProgress, .journalFailed, .supervisorFailed, .engineFailed:
      report.findings.append(.machine(failure))
    }
  }

  /// The folder is gone afterwards, however the look went.
  private func inFolder(_ body: (RunDirectory) throws(Failure) -> Void) throws(Failure) {
    let folder: LookFolder
    do {
      folder = try LookFolder(in: temporaryFolder)
    } catch {
      throw Failure(.supervisorFailed, "\(error); TMPDIR names another folder for temporary files")
    }
    var failure: Failure?
    do throws(Failure) {
      try body(folder.directory)
    } catch {
      failure = error
    }
    do {
      try folder.remove()
    } catch {
      throw Failure(
        .supervisorFailed, "`\(folder.directory.path)` holds what the look needed, and could not be removed: \(error)")
    }
    if let failure { throw failure }
  }
}
