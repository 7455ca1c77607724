import ArgumentParser
import ControlLoop
import PipelineModel
import StoreAPI

struct ServeCommand: VerdictCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Stay, follow manifests, and start what is due.",
    discussion: """
      Follows a folder or a git repository, fires schedules, and does what commands on the same state folder ask for. In the \
      foreground, one for each state folder. SIGTERM ends it and leaves runs going, SIGHUP looks at everything at once.
      """)

  @OptionGroup var source: ServedSourceOptions
  @OptionGroup var prune: PruneOptions
  @Option(
    name: .customLong("allow-connector"), parsing: .singleValue,
    help: ArgumentHelp(
      "Start only connectors and commands that match: a path, the name of a program or of a package; `*` stands for anything. May be given several times.",
      valueName: "pattern"))
  var allowed: [String] = []
  @Option(help: "How many runs may be active at once, of all pipelines together.")
  var maxConcurrentRuns = 32
  @Flag(help: "When told to end, wait for the runs that are active.")
  var drain = false
  @Option(help: "How long another pipectl on the same state folder is waited for.")
  var lockTimeout = SpanArgument(Workspace.lockTimeout)
  @Option(help: "text, or json: one object a line.")
  var logFormat: LogFormat = .text
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if maxConcurrentRuns < 1 { throw ValidationError("--max-concurrent-runs: at least 1") }
  }

  /// Its log says it.
  var mindsLostMemory: Bool { false }

  func verdict() async throws -> Verdict {
    let signals = ServeSignals()
    let allowance = ConnectorAllowance(allowed)
    let log = ServeLog(logFormat)
    if let lost = try LostMemory(of: global.folder) { log.say(.warning, lost.sentence) }
    let workspace = try Workspace.open(
      global.folder, allowance: allowance, isPrompt: true, tracer: tracer(log))
    let end = try await Workspace.underLock(
      global.folder, timeout: lockTimeout.span, isInterrupted: { signals.wasToldToEnd() },
      refusal: {
        "the state folder \(workspace.folder) is in use by \($0), and one controller is all that it may have: end that one, or use another folder with --state"
      }
    ) {
      let service = try Service(
        workspace, source: try source.feed(workspace.folder, allowance, prune), options: options, drain: drain,
        log: log,
        signals: signals)
      log.say(.info, "serving \(workspace.folder), following \(service.source.description)")
      log.say(.info, allowance.sentence)
      return try await service.run()
    }
    log.say(.info, end)
    return .done()
  }

  private func tracer(_ log: ServeLog) -> CallTracer? {
    guard global.traceHTTP else { return nil }
    return { line in log.say(.info, line) }
  }

  private var options: ServeOptions {
    ServeOptions(maxConcurrentRuns: maxConcurrentRuns, prune: prune.limit)
  }
}
