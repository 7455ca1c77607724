import ControlLoop
import PipelineModel
import Testing

/// The goals of one process, one after the other.
struct TurnQueueTests {
  /// Far longer than any machine takes; nothing waits for so long where all is well.
  private let long = TimeSpan(seconds: 600)

  /// Waits until so many wait for their turn.
  private func wait(for count: Int, in queue: TurnQueue) async {
    while await queue.length != count { await Task.yield() }
  }

  @Test func `whoever came first has the first turn`() async {
    let queue = TurnQueue()
    let first = queue.turns(for: "first", timeout: long)
    #expect(await first.acquire() == .acquired)
    let second = queue.turns(for: "second", timeout: long)
    let third = queue.turns(for: "third", timeout: long)
    async let secondAnswer = second.acquire()
    await wait(for: 1, in: queue)
    async let thirdAnswer = third.acquire()
    await wait(for: 2, in: queue)
    await first.release()
    #expect(await secondAnswer == .acquired)
    #expect(await queue.length == 1)
    await second.release()
    #expect(await thirdAnswer == .acquired)
    await third.release()
    #expect(await first.acquire() == .acquired)
  }

  @Test func `whoever does not want to wait is told who has the turn`() async {
    let queue = TurnQueue()
    let holder = queue.turns(for: "pipectl apply (by ada)", timeout: long)
    #expect(await holder.acquire() == .acquired)
    let hasty = queue.turns(for: "pipectl stop (by bob)", timeout: TimeSpan(seconds: 0))
    #expect(await hasty.acquire() == .held(by: "pipectl apply (by ada)"))
    #expect(await queue.length == 0)
    await hasty.release()
    #expect(await queue.turns(for: "another", timeout: TimeSpan(seconds: 0)).acquire() != .acquired)
    await holder.release()
    #expect(await hasty.acquire() == .acquired)
  }

  @Test func `whoever is cancelled while it waits leaves the queue`() async {
    let queue = TurnQueue()
    let holder = queue.turns(for: "holder", timeout: long)
    #expect(await holder.acquire() == .acquired)
    let waiting = queue.turns(for: "waiting", timeout: long)
    await withTaskGroup(of: LockAnswer.self) { group in
      group.addTask { await waiting.acquire() }
      await wait(for: 1, in: queue)
      group.cancelAll()
      #expect(await group.next() == .held(by: "holder"))
    }
    #expect(await queue.length == 0)
  }
}
