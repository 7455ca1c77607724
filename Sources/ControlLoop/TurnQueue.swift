public import PipelineModel

/// Lets the goals of one process take turns, first come first served, while the process itself holds the state folder's lock for good.
public actor TurnQueue {
  private struct Ticket {
    let id: Int
    let holder: String
    var called: CheckedContinuation<Bool, Never>?
  }

  private var current: Ticket?
  private var waiting: [Ticket] = []
  private var lastID = 0

  public init() {}

  /// The lock of one goal.
  ///
  /// - Parameter holder: what others are told who wait in vain.
  public nonisolated func turns(for holder: String, timeout: TimeSpan) -> any ControllerLock {
    Turns(queue: self, holder: holder, timeout: timeout)
  }

  /// How many wait.
  public var length: Int { waiting.count }

  func acquire(_ holder: String, timeout: TimeSpan) async -> (id: Int, answer: LockAnswer) {
    lastID += 1
    let id = lastID
    guard current != nil else {
      current = Ticket(id: id, holder: holder)
      return (id, .acquired)
    }
    waiting.append(Ticket(id: id, holder: holder))
    guard await isCalled(id, within: timeout) else { return (id, .held(by: current?.holder ?? "another command")) }
    return (id, .acquired)
  }

  func release(_ id: Int) {
    guard current?.id == id else { return }
    current = waiting.isEmpty ? nil : waiting.removeFirst()
    current?.called?.resume(returning: true)
    current?.called = nil
  }

  private func isCalled(_ id: Int, within timeout: TimeSpan) async -> Bool {
    await withTaskGroup(of: Bool.self) { group in
      group.addTask { await self.turn(id) }
      group.addTask {
        try? await Task.sleep(for: .milliseconds(max(timeout.milliseconds, 0)))
        await self.leave(id)
        return false
      }
      var isCalled = false
      for await answer in group where answer {
        isCalled = true
        group.cancelAll()
      }
      return isCalled
    }
  }

  private func turn(_ id: Int) async -> Bool {
    guard let place = waiting.firstIndex(where: { $0.id == id }) else { return current?.id == id }
    return await withCheckedContinuation { waiting[place].called = $0 }
  }

  /// Whoever was called in the meantime stays.
  private func leave(_ id: Int) {
    guard let place = waiting.firstIndex(where: { $0.id == id }) else { return }
    waiting.remove(at: place).called?.resume(returning: false)
  }
}

/// The turns that one goal takes.
private actor Turns: ControllerLock {
  private let queue: TurnQueue
  private let holder: String
  private let timeout: TimeSpan
  private var ticket: Int?

  init(queue: TurnQueue, holder: String, timeout: TimeSpan) {
    self.queue = queue
    self.holder = holder
    self.timeout = timeout
  }

  func acquire() async -> LockAnswer {
    let (id, answer) = await queue.acquire(holder, timeout: timeout)
    ticket = id
    return answer
  }

  func release() async {
    guard let held = ticket else { return }
    ticket = nil
    await queue.release(held)
  }
}
