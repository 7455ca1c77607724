public import PipelineModel

/// Where everybody leaves what a controller that stays should know; it looks in whenever it waits.
public actor NudgeBox {
  private let clock: any WallClock
  private var nudges: [Nudge] = []
  private var reader: CheckedContinuation<Void, Never>?
  private var watch = ClockWatch()
  private let began = SuspendingClock.now

  /// A clock that is set anew, or a machine that slept, is noticed after so long.
  private static let longestSleep = TimeSpan(seconds: 1)

  public init(clock: any WallClock) {
    self.clock = clock
  }

  public func post(_ nudge: Nudge) {
    nudges.append(nudge)
    wake()
  }

  /// Waits for the first nudge, until the instant at most, or until the clock is set back, and takes all there are. One reader at a time.
  public func take(until instant: Timestamp?) async -> [Nudge] {
    var last = clock.now()
    while nudges.isEmpty {
      let now = clock.now()
      if let jump = watch.look(wall: now, elapsed: elapsed) { nudges.append(.clockJumped(jump)) }
      if now < last || !nudges.isEmpty { break }
      last = now
      if let instant, instant <= now { break }
      let span = instant.map { min($0 - now, Self.longestSleep) } ?? Self.longestSleep
      await sleep(span)
    }
    defer { nudges = [] }
    return nudges
  }

  private var elapsed: TimeSpan {
    let span = (SuspendingClock.now - began).components
    return TimeSpan(milliseconds: span.seconds * 1000 + span.attoseconds / 1_000_000_000_000_000)
  }

  private func sleep(_ span: TimeSpan) async {
    let alarm = Task {
      // One that is put off must not ring: it would wake the next sleeper, who puts off his own, and so on without a pause.
      guard (try? await Task.sleep(for: .milliseconds(span.milliseconds), tolerance: .zero)) != nil else { return }
      wake()
    }
    await withCheckedContinuation { reader = $0 }
    alarm.cancel()
  }

  private func wake() {
    reader?.resume()
    reader = nil
  }
}
