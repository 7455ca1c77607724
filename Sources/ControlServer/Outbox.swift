import ControlAPI
import ControlLoop
import Foundation
import PipelineModel
import Synchronization

typealias GoalLine = GoalMessage<LoopReport, LoopResult>

/// What is to be told to a command about its goal, line by line.
final class Outbox: LoopObserver {
  /// Ends when the goal has.
  let lines: AsyncStream<[UInt8]>
  private let continuation: AsyncStream<[UInt8]>.Continuation
  private let unsent = Atomic<Int>(0)
  /// A command that reads slowly misses progress, and nothing else.
  private static let patience = 16

  init() {
    (lines, continuation) = AsyncStream.makeStream()
  }

  func note(_ report: LoopReport) { send(.report(report)) }

  func show(_ reports: [RunReport]) {
    guard unsent.load(ordering: .relaxed) < Outbox.patience else { return }
    send(.progress(reports.map(\.withoutDocuments)))
  }

  func send(_ message: GoalLine) {
    unsent.add(1, ordering: .relaxed)
    continuation.yield(line(message))
  }

  /// To be called for every line that was sent.
  func noteSent() { unsent.subtract(1, ordering: .relaxed) }

  func finish() { continuation.finish() }

  private func line(_ message: GoalLine) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(message) else {
      return Array(#"{"refusal":{"code":"answer","message":"the controller could not write its answer down"}}"#.utf8)
        + [10]
    }
    return [UInt8](data) + [10]
  }
}

extension RunReport {
  /// As much as a display needs.
  fileprivate var withoutDocuments: RunReport {
    var copy = self
    copy.confirmedStates = []
    copy.catalog = nil
    return copy
  }
}
