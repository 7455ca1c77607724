import ArgumentParser
import Foundation

enum ColourChoice: String, CaseIterable, ExpressibleByArgument {
  case auto, always, never
}

/// The options that every command takes.
struct GlobalOptions: ParsableArguments {
  @Option(name: .customLong("state"), help: "The state folder; else PIPECTL_STATE, else `.pipectl`.")
  var stateFolder: String?

  @Option(help: "When to use colour; NO_COLOR is honoured.")
  var color: ColourChoice = .auto

  @Flag(
    name: .customLong("trace-http"),
    help: "Show on standard error what is asked of remote engines, and what they answer, without secrets.")
  var traceHTTP = false

  var folder: String {
    stateFolder ?? ProcessInfo.processInfo.environment["PIPECTL_STATE"].flatMap { $0.isEmpty ? nil : $0 } ?? ".pipectl"
  }

  /// Hears of calls of remote engines, where somebody wants to see them.
  var callTracer: CallTracer? {
    guard traceHTTP else { return nil }
    return { line in writeAll(line + "\n", to: 2) }
  }

  var terminal: Terminal {
    Terminal(colour: color, environment: ProcessInfo.processInfo.environment)
  }
}
