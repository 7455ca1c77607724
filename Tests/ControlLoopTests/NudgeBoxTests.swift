import ControlLoop
import Foundation
import PipelineModel
import Synchronization
import Testing

struct NudgeBoxTests {
  /// Tells the real time, and how often somebody has asked for it.
  private final class CountingClock: WallClock {
    private let count = Mutex(0)

    var readings: Int { count.withLock { $0 } }

    func now() -> Timestamp {
      count.withLock { $0 += 1 }
      return Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
    }
  }

  @Test(.timeLimit(.minutes(2)))
  func `whoever was woken by a nudge sleeps again, and is not woken by the alarm that it put off`() async {
    let clock = CountingClock()
    let box = NudgeBox(clock: clock)
    let rounds = 100
    for _ in 0..<rounds {
      let before = clock.readings
      let first = Task { await box.take(until: nil) }
      while clock.readings < before + 2 { await Task.yield() }
      await box.post(.resync)
      #expect(await first.value == [.resync])
      #expect(await box.take(until: clock.now() + TimeSpan(milliseconds: 10)).isEmpty)
    }
    #expect(clock.readings < rounds * 20, "it looks at the clock when it is woken, and is woken when something happens")
  }
}
