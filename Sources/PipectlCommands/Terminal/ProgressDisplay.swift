import ControlLoop
import PipelineModel
import Reconciler

/// Shows how runs are getting on: lines that change on a terminal, a line for each new stage and each end elsewhere.
actor ProgressDisplay: LoopObserver {
  private let terminal: Terminal
  private let announce: @Sendable (Plan) -> Void
  private let clock = SystemClock()
  private var isAnnounced: Bool
  private var shown: [RunID: String] = [:]
  private var liveLines = 0
  private var troubles: Set<String> = []

  /// - Parameter announce: called with the first plan, unless that was shown before.
  init(terminal: Terminal, isAnnounced: Bool, announce: @escaping @Sendable (Plan) -> Void) {
    self.terminal = terminal
    self.isAnnounced = isAnnounced
    self.announce = announce
  }

  func note(_ report: LoopReport) {
    switch report {
    case .planned(let plan):
      if !isAnnounced { announce(plan) }
      isAnnounced = true
    case .executing, .executed: break
    case .runs(let runs): show(runs.map(\.report))
    case .enginesUnavailable(let engines): for engine in engines { say("warning: " + engine.sentence) }
    case .waiting: break
    }
  }

  func show(_ reports: [RunReport]) {
    if terminal.showsProgress {
      redraw(reports.filter { !$0.status.isEnded }.map(liveLine))
    } else {
      for report in reports { tellStage(report) }
    }
  }

  /// Leaves a clean terminal.
  func end(_ runs: [RunRecord]) {
    if terminal.showsProgress {
      redraw([])
    } else {
      for run in runs { tellStage(run.report) }
    }
  }

  /// Once for each text.
  private func say(_ text: String) {
    guard troubles.insert(text).inserted else { return }
    redraw([])
    terminal.say(text)
  }

  private func tellStage(_ report: RunReport) {
    // Before its first stage has begun there is nothing to tell.
    if case .active = report.status, report.stages.isEmpty { return }
    let word = report.status.word
    guard shown[report.run] != word else { return }
    shown[report.run] = word
    let counts = report.status.isEnded && !report.isCommand ? " (\(countText(report)))" : ""
    terminal.say("\(report.run): \(report.isInstalling ? installText(report) : word)\(counts)")
  }

  private func liveLine(_ report: RunReport) -> String {
    let elapsed = report.startedAt.map { spanText(TimeSpan(seconds: (clock.now() - $0).seconds)) } ?? ""
    let counts = report.isCommand ? "" : countText(report) + "  "
    let state = report.isInstalling ? installText(report) + "  " : "\(report.status.word)  \(counts)"
    return "\(terminal.paint.bold(report.run.description))  \(state)\(elapsed)"
  }

  private func installText(_ report: RunReport) -> String {
    "installing connectors (`pipectl logs -f \(report.run)` shows how)"
  }

  private func countText(_ report: RunReport) -> String {
    let records = report.streams.reduce(0) { $0 + $1.records }
    let bytes = report.streams.reduce(0) { $0 + $1.bytes }
    return "\(counted(records, "record")), \(byteText(bytes))"
  }

  private func redraw(_ lines: [String]) {
    guard liveLines > 0 || !lines.isEmpty else { return }
    let up = liveLines > 0 ? "\u{1b}[\(liveLines)A\r\u{1b}[J" : ""
    terminal.raw(up + lines.map { $0 + "\n" }.joined())
    liveLines = lines.count
  }
}

extension RunReport {
  fileprivate var isInstalling: Bool { status == .active(.install) }
  /// Whether it is a command's, whose records nobody counts.
  fileprivate var isCommand: Bool { order?.spec.work.commandJob != nil || stages.contains { $0.stage == .run } }
}
