import ArgumentParser

/// A command line whose global options may stand before the command: `pipectl --state DIR get` is `pipectl get --state DIR`.
///
/// They are put right behind the command's name, so that one given there too wins. Without a command nothing is moved.
func withGlobalOptionsBehind(_ arguments: [String]) -> [String] {
  let count = leadingGlobalOptions(arguments)
  let rest = Array(arguments.dropFirst(count))
  let command = commandWords(rest)
  guard !command.isEmpty else { return arguments }
  return command + arguments.prefix(count) + rest.dropFirst(command.count)
}

/// How many of the first arguments are global options and their values.
private func leadingGlobalOptions(_ arguments: [String]) -> Int {
  var count = 0
  while count < arguments.count {
    let argument = arguments[count]
    if globalFlags.contains(argument) {
      count += 1
    } else if globalOptions.contains(argument) {
      count += 2
    } else if globalOptions.contains(where: { argument.hasPrefix($0 + "=") }) {
      count += 1
    } else {
      break
    }
  }
  return min(count, arguments.count)
}

private let globalOptions = ["--state", "--color"]
private let globalFlags = ["--trace-http"]

/// The words that name a command: `get`, `state show`.
private func commandWords(_ arguments: [String]) -> [String] {
  var words: [String] = []
  var commands = Pipectl.configuration.subcommands
  for argument in arguments {
    guard let command = commands.first(where: { $0.configuration.commandName == argument }) else { break }
    words.append(argument)
    commands = command.configuration.subcommands
  }
  return words
}
