import StoreAPI
import ArgumentParser
import LocalEngine
import PipelineModel

struct LogsCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "logs",
    abstract:
      "Print what runs' taps, targets or commands, and their supervisors said; of a pipeline, those of its latest run.",
    discussion:
      "Names are pipelines' or runs' ids. Of several runs each line begins with its run. On a terminal control characters are shown as `^[` and the like; in a pipe or a file they are as they were said."
  )

  @OptionGroup var pipelines: PipelineSelection
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
    try pipelines.require()
    if let tail, tail < 0 { throw ValidationError("--tail is at least 0") }
    if follow, output != .text {
      throw ValidationError("-o \(output) is one document, and --follow has no end: give one of them")
    }
  }

  func verdict() async throws -> Verdict {
    let workspace = try Workspace.openForReading(global.folder, tracer: global.callTracer)
    var logs = try pipelines.runs(in: workspace).map { try RunLog($0, sources, workspace.local) }
    if output != .text {
      let views = try logs.indices.map { LogView(logs[$0].run, try newLines(&logs[$0], isOver: true, tail)) }
      try global.terminal.show(each: views, as: output) { _, _ in "" }
      return .done()
    }
    guard follow else { return try all(&logs) }
    Interruption.watch()
    return try await follow(&logs, workspace)
  }

  /// What was said so far.
  private func all(_ logs: inout [RunLog]) throws -> Verdict {
    var silent: [String] = []
    for index in logs.indices where try show(&logs[index], ofSeveral: logs.count > 1, isOver: true, tail) == 0 {
      silent.append("\(logs[index].run): nothing was said.")
    }
    return .done(silent.isEmpty ? nil : silent.joined(separator: "\n"))
  }

  /// Until all of them are over.
  private func follow(_ logs: inout [RunLog], _ workspace: Workspace) async throws -> Verdict {
    var tail = tail
    var ends: [String] = []
    while true {
      for index in logs.indices where !logs[index].isOver {
        // Asked before the logs are read: what is said before the end is read after it.
        let status = workspace.local?.progress(of: logs[index].run)?.status
        logs[index].isOver = status?.isEnded ?? true
        try show(&logs[index], ofSeveral: logs.count > 1, isOver: logs[index].isOver, tail)
        if logs[index].isOver { ends.append("\(logs[index].run) is over: \(status?.word ?? "it never began").") }
      }
      tail = nil
      let open = logs.filter { !$0.isOver }.map(\.run)
      if open.isEmpty { return .done(ends.joined(separator: "\n")) }
      if let signal = Interruption.signalNumber {
        return .interrupted("\(listed(open.map(\.description))) \(open.count == 1 ? "goes" : "go") on.", signal: signal)
      }
      await workspace.local?.awaitChange(in: open, timeout: TimeSpan(milliseconds: 300))
    }
  }

  /// Answers how many lines there were.
  @discardableResult
  private func show(
    _ log: inout RunLog, ofSeveral isOneOfSeveral: Bool, isOver: Bool, _ tail: Int?
  ) throws(CommandEnd) -> Int {
    let shown = try newLines(&log, isOver: isOver, tail)
    let paint = global.terminal.dataPaint
    let isTerminal = global.terminal.dataIsTerminal
    let run = isOneOfSeveral ? "\(log.run) " : ""
    global.terminal.data(
      shown.map { line in
        let label = run + (sources.count > 1 ? line.source.label : isOneOfSeveral ? "| " : "")
        return (label.isEmpty ? "" : paint.faint(label)) + (isTerminal ? line.text.harmless : line.text) + "\n"
      }.joined())
    return shown.count
  }

  private func newLines(_ log: inout RunLog, isOver: Bool, _ tail: Int?) throws(CommandEnd) -> [LogLine] {
    let lines = try log.next(isOver: isOver)
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
}

extension PipelineSelection {
  /// The runs that are named, and the latest runs of the pipelines; a selector leaves out those that have never run.
  fileprivate func runs(in workspace: Workspace) throws -> [RunID] {
    guard selector == nil else {
      let runs = try anyRecords(in: workspace).compactMap { try workspace.store.runs(of: $0.name, limit: 1).first?.id }
      guard runs.isEmpty else { return runs }
      throw CommandEnd.failed("no pipeline that matches has run yet; `pipectl start` starts one")
    }
    var runs: [RunID] = []
    for run in try names.map({ try latestRun($0, workspace) }) where !runs.contains(run) { runs.append(run) }
    return runs
  }

  private func latestRun(_ name: String, _ workspace: Workspace) throws -> RunID {
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
