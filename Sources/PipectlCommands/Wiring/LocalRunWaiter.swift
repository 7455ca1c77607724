import ControlLoop
import LocalEngine
import PipelineModel

/// Waits for runs of the embedded engine, and tells meanwhile how they are getting on.
struct LocalRunWaiter: RunWaiter {
  typealias Progress = @Sendable ([RunReport]) async -> Void

  let engine: LocalEngine?
  let progress: Progress
  /// How long an interruption may go unheard while all runs have begun and nothing happens.
  let turn: TimeSpan
  /// Whether nobody waits any longer.
  let isInterrupted: @Sendable () -> Bool
  private let clock = SystemClock()

  init(
    engine: LocalEngine?, turn: TimeSpan = Self.shortTurn,
    isInterrupted: @escaping @Sendable () -> Bool = { Interruption.signalNumber != nil }, progress: @escaping Progress
  ) {
    self.engine = engine
    self.turn = turn
    self.isInterrupted = isInterrupted
    self.progress = progress
  }

  func wait(for runs: [RunID], until deadline: Timestamp?) async -> WaitEnd {
    // The world may have changed unseen: it is looked at again after a while in any case, and sooner where a run has not begun.
    let hasBegun = runs.allSatisfy { engine?.progress(of: $0) != nil }
    let lookAgain = clock.now() + TimeSpan(seconds: hasBegun ? 5 : 1)
    while true {
      if isInterrupted() { return .interrupted }
      let now = clock.now()
      if let deadline, now >= deadline { return .deadline }
      let reports = runs.compactMap { engine?.progress(of: $0) }
      if !reports.isEmpty { await progress(reports) }
      let hasChanged = hasBegun ? reports.count < runs.count : reports.count == runs.count
      if !runs.isEmpty && hasChanged || reports.contains(where: \.status.isEnded) || now >= lookAgain {
        return .changed
      }
      await awaitChange(in: runs, turn: hasBegun ? turn : Self.shortTurn)
    }
  }

  static let shortTurn = TimeSpan(milliseconds: 200)

  /// In turns, so that an interruption is heard, and a run that begins is seen.
  private func awaitChange(in runs: [RunID], turn: TimeSpan) async {
    if let engine {
      await engine.awaitChange(in: runs, timeout: turn)
      // Entries may come by the hundred a second; people read slower.
      try? await Task.sleep(for: .milliseconds(40))
    } else {
      try? await Task.sleep(for: .milliseconds(turn.milliseconds))
    }
  }
}
