internal import PipelineModel
internal import SingerProtocol

/// The one program of a run, found, with its secrets resolved, and ready to be started.
struct Command {
  /// Every secret in its environment.
  let secrets: [String]
  private let specification: RunSpecification
  private let directory: RunDirectory
  private let program: ConnectorProgram
  private let arguments: [String]
  private let environment: JSONValue
  private let workingDirectory: String

  init(_ job: CommandJob, _ specification: RunSpecification, _ directory: RunDirectory) throws(Failure) {
    self.specification = specification
    self.directory = directory
    workingDirectory = job.workingDirectory ?? specification.workingDirectory
    guard Files.exists(workingDirectory) else {
      let whose = job.workingDirectory == nil ? "in which the run was ordered" : "of `command.workingDirectory`"
      throw Failure(.commandMissing, "the folder `\(workingDirectory)`, \(whose), is not there")
    }
    var resolver = SecretResolver(directory: specification.workingDirectory)
    environment = try resolver.resolve(job.environment)
    secrets = resolver.secrets
    let path = ProgramSearch.path(named: environment)
    let name = job.argv.first ?? ""
    program = try Self.program(name, searching: path)
    arguments = Array(job.argv.dropFirst())
  }

  private static func program(_ name: String, searching path: String) throws(Failure) -> ConnectorProgram {
    do {
      return try ConnectorProgram(.executable(name), as: .command, searching: path, installed: nil)
    } catch {
      if let words = ProgramSearch.notExecutable(name, in: path) {
        throw Failure(.commandMissing, "the command `\(name)` \(words)")
      }
      throw Failure(
        .commandMissing,
        name.contains("/")
          ? "the command `\(name)` is not an executable file"
          : "the command `\(name)` is in no folder of PATH, which is `\(path)`: install it, or give its absolute path")
    }
  }

  func start(attempt: Int) -> ConnectorStart {
    let variables = ConnectorEnvironment(
      specification, directory, attempt: attempt, role: .command, named: environment)
    return ConnectorStart(
      program: program, options: arguments, environment: variables.strings, directory: workingDirectory)
  }
}
