internal import Glibc
internal import SingerProtocol

/// Runs a connector of this program over standard input and output, until it ends.
///
/// Changes what the process does with SIGTERM, SIGINT and SIGPIPE, so the process should do nothing else. A tap ends its line at SIGTERM, writes a
/// last state and returns 0; a target dies of it, and what it has not committed is rolled back. Returns the exit code: 0 or 1.
public func runBuiltinConnector(named name: String, arguments: [String]) -> Int32 {
  signal(SIGPIPE, SIG_IGN)
  let role = builtinConnectors.first { $0.name == name }?.role
  for number in [SIGTERM, SIGINT] { handle(number, role) }
  return runConnector(named: name, arguments: arguments, streams: .standard, stop: .ofProcess)
}

private func handle(_ number: Int32, _ role: ConnectorRole?) {
  guard role == .tap else {
    signal(number, SIG_DFL)
    return
  }
  _ = StopFlag.ofProcess.isSet  // Made here, not in the handler.
  var action = sigaction()
  action.__sigaction_handler.sa_handler = { _ in StopFlag.ofProcess.set() }
  sigaction(number, &action, nil)
}

/// The same over any descriptors, in any thread; an error is one CRITICAL line.
func runConnector(named name: String, arguments: [String], streams: ConnectorStreams, stop: StopFlag) -> Int32 {
  do {
    try run(name, arguments, streams, stop)
    return 0
  } catch {
    streams.log(.critical, error.message)
    return 1
  }
}

private func run(
  _ name: String, _ arguments: [String], _ streams: ConnectorStreams, _ stop: StopFlag
) throws(ConnectorError) {
  guard let connector = builtinConnectors.first(where: { $0.name == name }) else {
    let known = builtinConnectors.map(\.name).joined(separator: ", ")
    throw ConnectorError(.usage, "there is no built-in connector `\(name)`; there are \(known)")
  }
  let arguments = try ConnectorArguments(arguments)
  let config = try readConfig(arguments, connector)
  switch name {
  case "csv": try CSVTap(config: config, streams: streams, stop: stop).run(arguments)
  case "jsonl": try runJSONLTarget(config, streams, dropsFirst: arguments.dropsFirst)
  default: try runSQLiteTarget(config, streams, dropsFirst: arguments.dropsFirst)
  }
}

private func readConfig(
  _ arguments: ConnectorArguments, _ connector: BuiltinConnector
) throws(ConnectorError) -> JSONValue {
  guard let path = arguments.config else { throw ConnectorError(.usage, "`--config FILE` is missing") }
  let config: JSONValue
  do {
    config = try JSONValue(parsing: try contents(ofFile: path, .config))
  } catch let error as JSONSyntaxError {
    throw ConnectorError(.config, "config `\(path)`: \(error)")
  } catch let error as ConnectorError {
    throw error
  } catch {
    throw ConnectorError(.config, "config `\(path)`: \(error)")
  }
  let problems = connector.problems(in: config)
  guard problems.isEmpty else {
    throw ConnectorError(.config, "config `\(path)`: " + problems.map(\.message).joined(separator: "; "))
  }
  return config
}
