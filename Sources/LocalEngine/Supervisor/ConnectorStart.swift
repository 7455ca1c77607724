/// How a connector is called this time.
struct ConnectorStart {
  var program: ConnectorProgram
  var options: [String]
  var environment: [String]
  var directory: String

  func process(input: FileDescriptor, output: FileDescriptor, error: FileDescriptor) -> ChildProcess {
    ChildProcess(
      path: program.path, arguments: program.leading + options, environment: environment, directory: directory,
      input: input, output: output, error: error)
  }
}
