import EngineHTTP
import PipelineModel

/// The machine's time, and chance.
struct MachinePacing: Pacing {
  private let clock = SystemClock()

  func now() -> Timestamp { clock.now() }
  func pause(_ span: TimeSpan) async { try? await Task.sleep(for: .milliseconds(span.milliseconds)) }
  func chance() -> Double { Double.random(in: 0..<1) }
}
