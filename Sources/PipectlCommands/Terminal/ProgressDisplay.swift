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
  /// Runs whose engine tells no numbers.
  private var untold: Set<RunID> = []
  private var liveLines = 0
  private var troubles: Set<String> = []
  /// What the plan that was made last leaves for later.
  private var waits: [String] = []

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
      waits = plan.waits
    case .executing, .executed: break
    case .runs(let runs):
      note(runs)
      show(runs.map(\.report))
    case .enginesUnavailable(let engines): for engine in engines { say("warning: " + engine.sentence) }
    case .waiting: for wait in waits { say(wait) }
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
    note(runs)
    if terminal.showsProgress {
      redraw([])
    } else {
      for run in runs { tellStage(run.report) }
    }
  }

  private func note(_ runs: [RunRecord]) {
    untold.formUnion(runs.filter { !$0.order.spec.work.isCounted }.map(\.id))
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
    let counts = (report.status.isEnded ? countText(report) : nil).map { " (\($0))" } ?? ""
    terminal.say("\(report.run): \(report.isInstalling ? installText(report) : word)\(counts)")
  }

  private func liveLine(_ report: RunReport) -> String {
    let elapsed = report.startedAt.map { spanText(TimeSpan(seconds: (clock.now() - $0).seconds)) } ?? ""
    let counts = countText(report).map { $0 + "  " } ?? ""
    let state = report.isInstalling ? installText(report) + "  " : "\(report.status.word)  \(counts)"
    return "\(terminal.paint.bold(report.run.description))  \(state)\(elapsed)"
  }

  private func installText(_ report: RunReport) -> String {
    "installing connectors (`pipectl logs -f \(report.run)` shows how)"
  }

  /// What it has moved so far; nil where nothing of that is known.
  private func countText(_ report: RunReport) -> String? {
    guard !report.isCommand, !report.streams.isEmpty || !untold.contains(report.run) else { return nil }
    let known = [
      report.total(\.records).map { counted($0, "record") }, report.total(\.bytes).map { byteText($0) },
    ].compactMap(\.self)
    return known.isEmpty ? nil : known.joined(separator: ", ")
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

extension Plan {
  /// What is asked for and has to wait for something else, one sentence for each thing that is waited for.
  fileprivate var waits: [String] {
    var names: [String: [PipelineName]] = [:]
    for decision in decisions where decision.reason.isWait {
      names[decision.reason.sentence, default: []].append(decision.pipeline)
    }
    return names.sorted { $0.key < $1.key }.map { reason, names in
      "\(listed(names.map(\.text))) \(names.count == 1 ? "waits" : "wait"): \(reason); Ctrl-C leaves what was asked for pending"
    }
  }
}

extension Reason {
  /// Whether something else has to end first.
  fileprivate var isWait: Bool {
    switch self {
    case .requestPending, .engineAtCapacity, .controllerAtCapacity: true
    case .changes, .upToDate, .paused, .runActive, .runStopping, .runUnconfirmed, .consentNeeded, .engineUnavailable,
      .intentOpen, .orphaned, .ownedElsewhere, .slotWaiting:
      false
    }
  }
}
