import ControlAPI
import ControlLoop
import Foundation
import PipelineModel
import SQLiteStore

/// The controller that has a state folder for good, to which a command hands its goal over.
struct HandOver {
  private let client: ControlClient
  private let lockTimeout: TimeSpan

  /// Absent where no controller has the folder.
  ///
  /// One that holds the folder's lock and does not listen yet is waited for as long as its lock would be.
  static func find(_ folder: String, lockTimeout: TimeSpan) async throws(CommandEnd) -> HandOver? {
    let client = ControlClient(ControlSocket(stateFolder: folder))
    let clock = SystemClock()
    let deadline = clock.now() + lockTimeout
    do throws(ControlError) {
      while true {
        if let greeting = try client.greeting() {
          try greeting.demand(version: pipectlVersion)
          return HandOver(client: client, lockTimeout: lockTimeout)
        }
        guard isServed(folder), clock.now() < deadline, Interruption.signalNumber == nil else { return nil }
        try? await Task.sleep(for: .milliseconds(100))
      }
    } catch {
      throw CommandEnd(error)
    }
  }

  /// Whether the lock's holder is a controller that stays.
  private static func isServed(_ folder: String) -> Bool {
    FolderLock.holder(of: folder)?.command.hasPrefix("pipectl serve") ?? false
  }

  /// How it went.
  enum End {
    case result(LoopResult)
    /// The controller went away before it said how it went; what it had told of by then.
    ///
    /// The same goal may be pursued again: what was done is recorded, and is not done twice.
    case gone(GoalMemory)
  }

  /// Lets the controller pursue the goal.
  func run(
    _ goal: LoopGoal, observer: any LoopObserver = SilentObserver(),
    progress: @escaping FolderRunWaiter.Progress = { _ in }
  ) async throws(CommandEnd) -> End {
    var memory = GoalMemory()
    do throws(ControlError) {
      guard var connection = try client.connect() else { return .gone(memory) }
      let request = GoalRequest(version: pipectlVersion, caller: caller, lockTimeout: lockTimeout, goal: goal)
      try connection.send("POST", "/v1/goals", body: try written(request))
      return .result(try await result(over: &connection, observer, progress, &memory))
    } catch {
      if error.code == .gone { return .gone(memory) }
      throw CommandEnd(error)
    }
  }

  private func result(
    over connection: inout ControlConnection, _ observer: any LoopObserver, _ progress: FolderRunWaiter.Progress,
    _ memory: inout GoalMemory
  ) async throws(ControlError) -> LoopResult {
    var hasHungUp = false
    while true {
      if Interruption.signalNumber != nil, !hasHungUp {
        connection.hangUp()
        hasHungUp = true
      }
      switch try connection.nextLine() {
      case .silence: continue
      case .end: throw ControlError(.gone, "the controller ended its answer early")
      case .line(let line):
        let message: GoalMessage<LoopReport, LoopResult> = try read(line)
        switch message {
        case .report(let report):
          memory.note(report)
          await observer.note(report)
        case .progress(let reports): await progress(reports)
        case .refusal(let error): throw error
        // The controller is about to end, and gave the goal up by itself.
        case .result(let result) where result.outcome == .interrupted && !hasHungUp:
          throw ControlError(.gone, "the controller gave the goal up")
        case .result(let result): return result
        }
      }
    }
  }

  /// Borrows the controller's turn, for what a command changes by itself; absent where the controller went away before it was asked.
  func turn() async throws(CommandEnd) -> LentTurn? {
    do throws(ControlError) {
      guard var connection = try client.connect() else { return nil }
      let request = TurnRequest(version: pipectlVersion, caller: caller, lockTimeout: lockTimeout)
      try connection.send("POST", "/v1/turns", body: try written(request))
      try await takeTurn(over: &connection)
      return LentTurn(connection)
    } catch {
      throw CommandEnd(error)
    }
  }

  private func takeTurn(over connection: inout ControlConnection) async throws(ControlError) {
    while true {
      switch try connection.nextLine() {
      case .silence where Interruption.signalNumber == nil: continue
      case .silence, .end: throw ControlError(.gone, "the controller lent no turn, and nothing was done")
      case .line(let line):
        let message: TurnMessage = try read(line)
        switch message {
        case .granted: return
        case .held(let holder): throw ControlError(.unavailable, LoopOutcome.lockHeld(by: holder).sentence)
        case .refusal(let error): throw error
        }
      }
    }
  }

  private var caller: String { "\(callerWords()) (by \(author()))" }

  private func written(_ request: some Encodable) throws(ControlError) -> [UInt8] {
    do {
      return [UInt8](try JSONEncoder().encode(request))
    } catch {
      throw ControlError(.request, "what is asked cannot be written down: \(error)")
    }
  }

  private func read<Message: Decodable>(_ line: [UInt8]) throws(ControlError) -> Message {
    do {
      return try JSONDecoder().decode(Message.self, from: Data(line))
    } catch {
      throw ControlError(
        .answer, "the controller's answer cannot be read: \(error); `pipectl get` shows how things stand")
    }
  }
}

extension CommandEnd {
  /// The controller could not be spoken to.
  init(_ error: ControlError) {
    self.init(.failed(error.message), outcome: error.code == .version ? "ControllerVersion" : "ControllerRefused")
  }

  /// One controller after the other went away while it pursued the goal.
  init(goneWith goal: LoopGoal) {
    let names = goal.scope?.map(\.text) ?? []
    let look = names.first.map { "`pipectl why \($0)`" } ?? "`pipectl get`"
    self.init(
      .failed(
        "the controller went away before it said how this went, again and again; what is recorded is carried on by the next one, and runs go on: \(look) shows how things stand, the controller's log why it ends, and the same command may be repeated"
      ), outcome: "ControllerGone")
  }
}
