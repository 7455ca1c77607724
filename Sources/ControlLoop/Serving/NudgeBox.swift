public import PipelineModel

/// Where everybody leaves what a controller that stays should know; it looks in whenever it waits.
public actor NudgeBox {
  private let clock: any WallClock
  private var nudges: [Nudge] = []
  private var reader: CheckedContinuation<Void, Never>?

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
      if now < last { break }
      last = now
      if let instant, instant <= now { break }
      let span = instant.map { min($0 - now, Self.longestSleep) } ?? Self.longestSleep
      await sleep(span)
    }
    defer { nudges = [] }
    return nudges
  }

  private func sleep(_ span: TimeSpan) async {
    let alarm = Task {
      try? await Task.sleep(for: .milliseconds(span.milliseconds), tolerance: .zero)
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
