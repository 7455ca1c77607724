internal import Glibc
internal import PipelineModel
internal import SingerProtocol

/// Both ends of a run, found, configured and ready to be started; their configs are files only the owner can read.
struct Connectors {
  let tap: End
  let target: End
  /// Every secret in them.
  let secrets: [String]
  private let specification: RunSpecification
  private let directory: RunDirectory
  private let tapConfig: [UInt8]
  private let catalogOption: String
  /// Whether the tap knows `--state`.
  private let keepsState: Bool

  struct End {
    var program: ConnectorProgram
    var environment: JSONValue
  }

  init(_ specification: RunSpecification, _ directory: RunDirectory) throws(Failure) {
    guard case .replication(let replication) = specification.order.spec.work else {
      throw Failure(.supervisorFailed, "the local engine runs only pipelines with a source and a destination")
    }
    guard Files.exists(specification.workingDirectory) else {
      throw Failure(
        .supervisorFailed, "the folder `\(specification.workingDirectory)`, in which the run was ordered, is gone")
    }
    self.specification = specification
    self.directory = directory
    var resolver = SecretResolver(directory: specification.workingDirectory)
    tapConfig = Array(try resolver.resolve(replication.source.config).text.utf8)
    let targetConfig = Array(try resolver.resolve(replication.destination.config).text.utf8)
    let tapEnvironment = try resolver.resolve(replication.source.environment)
    let targetEnvironment = try resolver.resolve(replication.destination.environment)
    secrets = resolver.secrets
    tap = try Self.end(replication.source, tapEnvironment, specification)
    target = try Self.end(replication.destination, targetEnvironment, specification)
    catalogOption = replication.source.catalogArgument.option
    keepsState = replication.source.capabilities.state != false
    try Self.write(tapConfig, to: directory.tapConfig)
    try Self.write(targetConfig, to: directory.targetConfig)
  }

  private static func end(
    _ connection: Connection, _ environment: JSONValue, _ specification: RunSpecification
  ) throws(Failure) -> End {
    let path = environment["PATH"]?.stringValue ?? processEnvironment()["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
    let program = try ConnectorProgram(
      connection.connector, searching: path, from: specification.workingDirectory)
    return End(program: program, environment: environment)
  }

  private static func write(_ bytes: [UInt8], to path: String) throws(Failure) {
    do {
      try Files.replace(path, with: bytes)
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
