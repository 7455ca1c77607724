internal import Glibc
internal import PipelineModel
internal import SingerProtocol

/// Both ends of a run, found, configured and ready to be started; their configs are files only the owner can read.
struct Connectors {
  let tap: End
  let target: End
  private let specification: RunSpecification
  private let directory: RunDirectory
  private let tapConfig: [UInt8]
  private let catalogOption: String
  /// Whether the tap knows `--state`.
  private let keepsState: Bool
  /// Nobody removes them as long as the run may need them.
  private let installed: [HeldInstallation]

  struct End {
    var program: ConnectorProgram
    var environment: JSONValue
  }

  /// - Parameter packages: finds or makes what a connector needs; nil for one that needs nothing.
  init(
    _ settings: ConnectorSettings, _ specification: RunSpecification, _ directory: RunDirectory,
    packages: (Connector, ConnectorRole) throws(Failure) -> HeldInstallation?
  ) throws(Failure) {
    self.specification = specification
    self.directory = directory
    let (source, destination) = (settings.replication.source, settings.replication.destination)
    let tapPackage = try packages(source.connector, .tap)
    let targetPackage = try packages(destination.connector, .target)
    installed = [tapPackage, targetPackage].compactMap { $0 }
    tap = try Self.end(source, .tap, settings.tapEnvironment, tapPackage)
    target = try Self.end(destination, .target, settings.targetEnvironment, targetPackage)
    catalogOption = source.catalogArgument.option
    keepsState = source.capabilities.state != false
    tapConfig = Array(settings.tapConfig.text.utf8)
    try Self.write(tapConfig, to: directory.tapConfig)
    try Self.write(Array(settings.targetConfig.text.utf8), to: directory.targetConfig)
  }

  private static func end(
    _ connection: Connection, _ role: ConnectorRole, _ environment: JSONValue, _ installed: HeldInstallation?
  ) throws(Failure) -> End {
    let path = ProgramSearch.path(named: environment)
    let program = try ConnectorProgram(connection.connector, as: role, searching: path, installed: installed)
    return End(program: program, environment: environment)
  }

  /// A power cut ends the run, and its next attempt writes them anew.
  private static func write(_ bytes: [UInt8], to path: String) throws(Failure) {
    do {
      try Files.replace(path, with: bytes, durably: false)
    } catch {
      throw Failure(.supervisorFailed, "\(error)")
    }
  }

  /// Whether the tap changed its own settings.
  var isTapConfigRewritten: Bool { (try? Files.contents(of: directory.tapConfig)) != tapConfig }

  func discovery(attempt: Int) -> ConnectorStart {
    start(tap, .discovery, ["--config", directory.tapConfig, "--discover"], attempt)
  }

  /// Writes the catalog and the state, and says how to call the tap with them.
  func tap(catalog: TapCatalog, state: String?, attempt: Int) throws(Failure) -> ConnectorStart {
    var options = ["--config", directory.tapConfig]
    switch catalog {
    case .absent: break
    case .selected(let text):
      try Self.write(Array(text.utf8), to: directory.catalog)
      options += [catalogOption, directory.catalog]
    }
    if let state, keepsState {
      try Self.write(Array(state.utf8), to: directory.state)
      options += ["--state", directory.state]
    }
    return start(tap, .tap, options, attempt)
  }

  func target(dropFirst: Bool, attempt: Int) -> ConnectorStart {
    let drop = dropFirst && target.program.isBuiltin ? ["--drop-first"] : []
    return start(target, .target, ["--config", directory.targetConfig] + drop, attempt)
  }

  private func start(_ end: End, _ role: ConnectorRole, _ options: [String], _ attempt: Int) -> ConnectorStart {
    let environment = ConnectorEnvironment(
      specification, directory, attempt: attempt, role: role, named: end.environment)
    return ConnectorStart(
      program: end.program, options: options, environment: environment.strings,
      directory: specification.workingDirectory)
  }
}

extension Connection.CatalogArgument {
  /// As it stands on the command line.
  var option: String {
    switch self {
    case .catalog: "--catalog"
    case .properties: "--properties"
    }
  }
}
