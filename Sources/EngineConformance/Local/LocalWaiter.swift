import ControlLoop
import LocalEngine
import PipelineModel

/// Waits for real processes, in short turns; the clock goes faster meanwhile.
struct LocalWaiter: RunWaiter {
  let engine: LocalEngine
  let script: LocalScript
  private let patience = ContinuousClock.now + .seconds(120)

  init(engine: LocalEngine, script: LocalScript) {
    self.engine = engine
    self.script = script
  }

  func wait(for runs: [RunID], until deadline: Timestamp?) async -> WaitEnd {
    guard ContinuousClock.now < patience else { return .interrupted }
    await engine.awaitChange(in: runs, timeout: TimeSpan(milliseconds: 100))
    script.pass(TimeSpan(seconds: 1))
    return deadline.map { $0 <= script.now() } ?? false ? .deadline : .changed
  }
}
