import ArgumentParser
import BuiltinConnectors
import Glibc
import LocalEngine

/// The whole program: the command line, and the two hidden halves that it starts itself as (run supervisor and connectors).
public func runPipectl() async -> Never {
  keepSecretsOutOfCrashes()
  // A file that may not grow is an error of whoever writes it, with a message, and no reason to die.
  signal(SIGXFSZ, SIG_IGN)
  let arguments = Array(CommandLine.arguments.dropFirst())
  switch arguments.first {
  case "supervise": exit(superviseRun(directory: arguments.dropFirst().first ?? ""))
  case "connector":
    exit(runBuiltinConnector(named: arguments.dropFirst().first ?? "", arguments: Array(arguments.dropFirst(2))))
  default: exit(await runCommandLine(arguments).exitCode)
  }
}

/// A Swift crash prints the memory that registers point to, and a core file holds all of it; neither may happen (law 9).
private func keepSecretsOutOfCrashes() {
  for number in [SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGQUIT] {
    signal(number, SIG_DFL)
  }
  var none = rlimit(rlim_cur: 0, rlim_max: 0)
  setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
}

/// Parses and runs one command; every way it can go ends in one verdict (law 14).
private func runCommandLine(_ arguments: [String]) async -> Verdict {
  do {
    var command = try Pipectl.parseAsRoot(withGlobalOptionsBehind(arguments))
    if let command = command as? any VerdictCommand {
      return await ended(command)
    }
    if var command = command as? any AsyncParsableCommand {
      try await command.run()
    } else {
      try command.run()
    }
    return .done()
  } catch {
    return said(error)
  }
}

private func ended(_ command: any VerdictCommand) async -> Verdict {
  let verdict: Verdict
  warnOfLostMemory(command)
  do {
    verdict = try await command.verdict()
  } catch {
    guard let end = CommandEnd(thrown: error) else { return said(error) }
    verdict = end.verdict
    answer(end, of: command)
  }
  command.global.terminal.announce(verdict)
  return verdict
}

/// A folder that cannot be looked at is told of by whoever needs it.
private func warnOfLostMemory(_ command: any VerdictCommand) {
  guard command.mindsLostMemory, let lost = try? LostMemory(of: command.global.folder) else { return }
  command.global.terminal.say("warning: " + lost.sentence)
}

/// What cannot be written as a document is still said on standard error.
private func answer(_ end: CommandEnd, of command: any VerdictCommand) {
  guard let command = command as? any AnsweringCommand, let form = command.document else { return }
  try? command.global.terminal.answer(end, as: form)
}

/// ArgumentParser's own exits: help and version on standard output, wrong usage on standard error with 64.
private func said(_ error: any Error) -> Verdict {
  let code = Pipectl.exitCode(for: error).rawValue
  let message = Pipectl.fullMessage(for: error)
  if code == 0 {
    writeAll(message.isEmpty ? "" : message + "\n", to: STDOUT_FILENO)
    return .done()
  }
  writeAll(message.isEmpty ? "" : message + "\n", to: STDERR_FILENO)
  return code == 64 ? .usage : .failed(nil)
}
