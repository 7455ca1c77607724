import StoreAPI
import ArgumentParser
import LocalEngine
import PipelineModel

struct LogsCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "logs",
    abstract:
      "Print what a run's tap, target or command, and its supervisor said; of a pipeline, those of its latest run.",
    discussion:
      "On a terminal control characters are shown as `^[` and the like; in a pipe or a file they are as they were said."
  )

  @Argument(help: "A run's id, or a pipeline.", completion: .pipelines, transform: plainName)
  var name: String
  @Flag(name: [.customShort("f"), .long], help: "Go on until the run is over.")
  var follow = false
  @Flag(help: "Only the tap, discovery included.")
  var tap = false
  @Flag(help: "Only the target.")
  var target = false
  @Flag(help: "Only the standard output of a command.")
  var stdout = false
  @Flag(help: "Only the standard error of a command.")
  var stderr = false
  @Flag(help: "Only the supervisor.")
  var supervisor = false
  @Option(help: "Only the last lines.")
  var tail: Int?
  @Option(name: .shortAndLong, help: "text, json or yaml; a document tells what was said so far, so not with --follow.")
  var output: DocumentFormat = .text
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if let tail, tail < 0 { throw ValidationError("--tail is at least 0") }
    if follow, output != .text {
      throw ValidationError("-o \(output) is one document, and --follow has no end: give one of them")
    }
  }

  func verdict() async throws -> Verdict {
    let workspace = try Workspace.openForReading(global.folder, tracer: global.callTracer)
    let run = try latestRun(workspace)
    guard let engine = workspace.local, engine.directory(of: run) != nil else {
      throw CommandEnd.failed("\(run) has no logs on this machine")
    }
    var reader = LogReader(sources)
    if let form = output.data {
      let lines = try lines(&reader, engine, run, isOver: true, tail)
      try global.terminal.document(LogView(run, lines), as: form)
      return .done()
    }
    if !follow {
      let count = try show(&reader, engine, run, isOver: true, tail)
      return .done(count == 0 ? "\(run): nothing was said." : nil)
    }
    Interruption.watch()
    return try await follow(run, engine, &reader)
  }

  private func follow(_ run: RunID, _ engine: LocalEngine, _ reader: inout LogReader) async throws -> Verdict {
    var tail = tail
    while true {
      // Asked before the logs are read: what is said before the end is read after it.
      let status = engine.progress(of: run)?.status
      try show(&reader, engine, run, isOver: status?.isEnded ?? true, tail)
      tail = nil
      guard let status, !status.isEnded else { return .done("\(run) is over: \(status?.word ?? "it never began").") }
      if let signal = Interruption.signalNumber { return .interrupted("\(run) goes on.", signal: signal) }
      await engine.awaitChange(in: [run], timeout: TimeSpan(milliseconds: 300))
    }
  }

  /// Answers how many lines there were.
  @discardableResult
  private func show(
    _ reader: inout LogReader, _ engine: LocalEngine, _ run: RunID, isOver: Bool, _ tail: Int?
  ) throws(CommandEnd) -> Int {
    let shown = try lines(&reader, engine, run, isOver: isOver, tail)
    let paint = global.terminal.dataPaint
    let names = sources.count > 1
    let isTerminal = global.terminal.dataIsTerminal
    global.terminal.data(
      shown.map { line in
        (names ? paint.faint(line.source.label) : "") + (isTerminal ? line.text.harmless : line.text) + "\n"
      }.joined())
    return shown.count
  }

  private func lines(
    _ reader: inout LogReader, _ engine: LocalEngine, _ run: RunID, isOver: Bool, _ tail: Int?
  ) throws(CommandEnd) -> [LogLine] {
    // The folder moves when the run is put away.
    guard let directory = engine.directory(of: run) else { return [] }
    let lines = try reader.next(in: directory, isOver: isOver)
    return tail.map { lines.suffix($0) } ?? lines
  }

  private var sources: [LogSource] {
    let chosen = LogSource.allCases.filter { source in
      switch source {
      case .supervisor: supervisor
      case .tap: tap
      case .target: target
      case .stdout: stdout
      case .stderr: stderr
      }
    }
    return chosen.isEmpty ? LogSource.allCases : chosen
  }

  private func latestRun(_ workspace: Workspace) throws -> RunID {
    if let id = RunID(name) {
      guard try workspace.store.run(id) != nil else { throw noSuchRun(id) }
      return id
    }
    let pipeline = try workspace.anyPipeline(name).name
    guard let run = try workspace.store.runs(of: pipeline, limit: 1).first else {
      throw CommandEnd.failed("\(pipeline) has never run; `pipectl start \(pipeline)` starts it")
    }
    return run.id
  }
}

extension LogSource {
  /// As wide as the longest.
  fileprivate var label: String {
    switch self {
    case .supervisor: "run    | "
    case .tap: "tap    | "
    case .target: "target | "
    case .stdout: "stdout | "
    case .stderr: "stderr | "
    }
  }
}
