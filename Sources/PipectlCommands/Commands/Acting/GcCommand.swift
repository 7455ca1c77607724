import ArgumentParser
import ControlLoop
import EngineAPI
import Foundation
import LocalEngine
import PipelineModel
import SQLiteStore
import StoreAPI

struct GcCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "gc", abstract: "Drop old runs, their folders and logs, operations, slots and versions of states.",
    discussion: """
      Of each pipeline the newest runs stay, as far as they are not too old; always the latest one, the latest that ended well, \
      those that are active, and the newest 50 versions of its state. Requests stay for ever: none acts twice.
      """)

  @Flag(help: "Tell what would be dropped, and drop nothing.")
  var dryRun = false
  @Option(help: "How many runs of each pipeline are kept.")
  var keepRuns = Retention.standard.runs
  @Option(help: "How many days they are kept.")
  var keepDays = Int(Retention.standard.age.seconds / 86_400)
  @Option(help: "How long another pipectl on the same state folder is waited for.")
  var lockTimeout = SpanArgument(Workspace.lockTimeout)
  @Option(name: .shortAndLong, help: "text, json or yaml.")
  var output: DocumentFormat = .text
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if keepRuns < 1 { throw ValidationError("--keep-runs is at least 1: the latest run is always kept") }
    if keepDays < 1 || keepDays > 36_500 { throw ValidationError("--keep-days is between 1 and 36500") }
  }

  private var rules: Retention { Retention(runs: keepRuns, age: TimeSpan(seconds: Int64(keepDays) * 86_400)) }

  func verdict() async throws -> Verdict {
    let readable = try Workspace.openForReading(global.folder, tracer: global.callTracer)
    let view = dryRun || readable.sqlite == nil ? try preview(readable) : try await drop()
    try global.terminal.show(view, as: output) { _ in view.text }
    return view.verdict
  }

  private func preview(_ workspace: Workspace) throws -> GcView {
    var walk = RetentionWalk(rules)
    var view = GcView(isDryRun: true)
    while true {
      let step = try walk.preview(workspace.store, now: workspace.clock.now())
      view.add(step)
      if step.isPassOver { break }
    }
    view.unrecorded = try unrecordedRuns(workspace).map(\.description)
    return view
  }

  /// Step by step, so that others get the lock in between.
  private func drop() async throws -> GcView {
    let workspace = try Workspace.open(global.folder, tracer: global.callTracer)
    var walk = RetentionWalk(rules)
    var view = GcView(isDryRun: false)
    Interruption.watch()
    var isOver = false
    while !isOver, Interruption.signalNumber == nil {
      let step = try await locked {
        try await walk.step(workspace.store, [workspace.engine], now: workspace.clock.now())
      }
      view.add(step)
      isOver = step.isPassOver
    }
    view.interruption = isOver ? nil : Interruption.signalNumber
    guard isOver else { return view }
    try await locked {
      let discarded = await workspace.engine.discard(try unrecordedRuns(workspace))
      view.unrecorded = discarded.gone.map(\.description)
      view.add(discarded.left)
      view.bytesGivenBack = try workspace.sqlite?.giveBackSpace() ?? 0
    }
    return view
  }

  private func locked<Result>(_ body: () async throws -> Result) async throws -> Result {
    try await Workspace.inTurn(global.folder, timeout: lockTimeout.span, body)
  }

  /// Runs of which only a folder is left, as after a restore, where later ones are recorded: nobody will order these ids again.
  private func unrecordedRuns(_ workspace: Workspace) throws(StoreError) -> [RunID] {
    let oldest = workspace.clock.now() - rules.age
    let old = (workspace.local?.retiredRuns() ?? []).filter { $0.changedAt <= oldest }.map(\.run)
    let last = try workspace.store.load(StoreQuery(pipelines: Set(old.map(\.pipeline)).sorted())).pipelines
    let numbers = Dictionary(uniqueKeysWithValues: last.map { ($0.name, $0.lastRunNumber) })
    var unrecorded: [RunID] = []
    for run in old where run.number <= numbers[run.pipeline] ?? 0 {
      if try workspace.store.run(run) == nil { unrecorded.append(run) }
    }
    return unrecorded
  }
}
