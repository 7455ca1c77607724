internal import Foundation
internal import Glibc
public import PipelineModel

/// The folder in which packages of connectors are installed, each into a virtual environment of its own.
public struct ConnectorsFolder: Hashable, Sendable {
  /// Absolute.
  public let path: String

  public init(_ path: String) {
    self.path = path
  }

  /// Sorted by name; nil where the folder cannot be read.
  public func contents() -> [ConnectorInstallation]? {
    guard let names = try? Files.names(in: path) ?? [] else { return nil }
    return names.filter { !$0.hasPrefix(".") }.map { ConnectorInstallation(Installation(folder: path, name: $0)) }
  }

  /// Installs a package unless it is there, and sees whether it starts. It blocks until that is done.
  ///
  /// - Parameters:
  ///   - environment: the parent's, of which installers get what tells them where packages are.
  ///   - log: called with each line of the installer.
  public func install(
    _ order: InstallOrder, environment: [String: String], isInterrupted: @escaping () -> Bool,
    log: @escaping (String) -> Void
  ) -> InstallResult {
    var wasThere = true
    do throws(Failure) {
      let host = ForegroundHost(isInterrupted: isInterrupted)
      let installer = ConnectorInstaller(path, on: host, parent: environment, log: log)
      let held = try installer.install(order.requirement, order.wanted, anew: order.isAnew) { wasThere = false }
      switch order.wanted {
      case .named, .tap, .target: _ = try held.program(order.wanted)
      case .any: break
      }
      let installation = ConnectorInstallation(held.installation)
      return wasThere ? .present(installation) : .installed(installation)
    } catch {
      return .failed(error)
    }
  }

  /// Removes an installation that nobody uses; false where somebody does.
  public func remove(_ installation: ConnectorInstallation) throws -> Bool {
    let found = Installation(folder: path, name: installation.name)
    guard let lock = try InstallationLock.take(found.lock, .alone) else { return false }
    defer { lock.close() }
    try found.remove()
    return true
  }
}

/// What is to be installed.
public struct InstallOrder: Hashable, Sendable {
  public let requirement: PackageRequirement
  let wanted: WantedProgram
  let isAnew: Bool

  /// - Parameters:
  ///   - executable: the program that is meant; absent: the one that fits.
  ///   - end: where it is to stand; absent where nobody knows.
  ///   - isAnew: whether it is made again where it is there.
  public init(_ requirement: PackageRequirement, executable: String? = nil, end: End? = nil, isAnew: Bool = false) {
    self.requirement = requirement
    self.isAnew = isAnew
    wanted =
      switch (executable, end) {
      case (let name?, _): .named(name)
      case (nil, .tap): .tap
      case (nil, .target): .target
      case (nil, nil): .any
      }
  }

  public enum End: Hashable, Sendable {
    case tap
    case target
  }
}

/// How that went.
public enum InstallResult: Sendable {
  case installed(ConnectorInstallation)
  /// It was there before.
  case present(ConnectorInstallation)
  case failed(Failure)
}
