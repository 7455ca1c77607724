import ControlLoop
import LocalEngine
import PipelineModel
import StoreAPI

/// Waits for runs of a state folder, and tells meanwhile how those of the embedded engine are getting on.
struct FolderRunWaiter: RunWaiter {
  typealias Progress = @Sendable ([RunReport]) async -> Void

  let engine: LocalEngine?
  /// Says which runs are elsewhere: nothing tells of those, so they are looked at again after a while, and politely.
  let store: any ControlStore
  /// How long an interruption may go unheard while all runs have begun and nothing happens.
  let turn: TimeSpan
  /// Whether nobody waits any longer.
  let isInterrupted: @Sendable () -> Bool
  let progress: Progress
  private let clock = SystemClock()

  init(
    engine: LocalEngine?, store: any ControlStore, turn: TimeSpan, isInterrupted: @escaping @Sendable () -> Bool,
    progress: @escaping Progress
  ) {
    self.engine = engine
    self.store = store
    self.turn = turn
    self.isInterrupted = isInterrupted
    self.progress = progress
  }

  func wait(for runs: [RunID], until deadline: Timestamp?) async -> WaitEnd {
    let here = runs.filter(isHere)
    let began = clock.now()
    // The world may have changed unseen: it is looked at again after a while in any case, and sooner where a run has not begun.
    let hasBegun = here.allSatisfy { engine?.progress(of: $0) != nil }
    let lookAgain = clock.now() + TimeSpan(seconds: hasBegun ? 5 : 1)
    while true {
      if isInterrupted() { return .interrupted }
      let now = clock.now()
      if let deadline, now >= deadline { return .deadline }
      let reports = here.compactMap { engine?.progress(of: $0) }
      if !reports.isEmpty { await progress(reports) }
      let hasChanged = hasBegun ? reports.count < here.count : reports.count == here.count
      if !here.isEmpty && hasChanged || reports.contains(where: \.status.isEnded) || now >= lookAgain {
        return .changed
      }
      await awaitChange(in: here, turn: hasBegun ? turn : Self.shortTurn)
      await rest(in: here, since: began)
    }
  }

  private func isHere(_ run: RunID) -> Bool {
    (try? store.run(run))?.observedFrom ?? .local == .local
  }

  static let shortTurn = TimeSpan(milliseconds: 200)

  /// In turns, so that an interruption is heard, and a run that begins is seen.
  private func awaitChange(in runs: [RunID], turn: TimeSpan) async {
    if let engine, !runs.isEmpty {
      await engine.awaitChange(in: runs, timeout: turn)
    } else {
      try? await Task.sleep(for: .milliseconds(turn.milliseconds))
    }
  }

  /// Entries may come by the hundred a second, and people read slower; but a run that took an instant is not waited for much longer than that,
  /// and the end of one that takes longer is heard at once.
  private func rest(in runs: [RunID], since began: Timestamp) async {
    let waited = (clock.now() - began).milliseconds
    if waited < 160 {
      try? await Task.sleep(for: .milliseconds(max(waited / 16, 1)))
    } else {
      await engine?.awaitEnd(of: runs, timeout: TimeSpan(milliseconds: 40))
    }
  }
}
