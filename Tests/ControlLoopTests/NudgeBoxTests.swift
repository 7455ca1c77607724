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
    let first = Task { await box.take(until: nil) }
    while clock.readings < 2 { await Task.yield() }
    await box.post(.resync)
    #expect(await first.value == [.resync])

    let before = clock.readings
    let later = await box.take(until: clock.now() + TimeSpan(milliseconds: 300))
    #expect(later.isEmpty)
    #expect(clock.readings - before < 20, "it looks at the clock once in a second, and not all the time")
  }
}
