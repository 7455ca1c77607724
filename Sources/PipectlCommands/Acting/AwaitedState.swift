import ArgumentParser
import Diagnostics
import PipelineModel

/// What `pipectl wait --for` waits for.
enum AwaitedState: Hashable {
  /// No run is active.
  case runFinished
  /// No run is active, and the latest one ended well.
  case runSucceeded
  /// The active run follows changes.
  case changeCapture
  /// A condition as `get -o json` shows them; one that is not there is false.
  case condition(String, ConditionView.Status)

  /// Reads `run-finished`, `condition=Ready`, `condition=Ready=False`.
  init(argument: String) throws {
    switch argument {
    case "run-finished", "ended": self = .runFinished
    case "run-succeeded", "succeeded": self = .runSucceeded
    case "cdc": self = .changeCapture
    case _:
      let words = argument.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
      guard words.first == "condition", (2...3).contains(words.count) else {
        throw ValidationError(
          "`\(argument)` is nothing to wait for; write run-finished, run-succeeded, cdc or condition=TYPE[=STATUS]")
      }
      self = .condition(try Self.type(words[1]), try Self.status(words.count == 3 ? words[2] : "True"))
    }
  }

  private static func type(_ text: String) throws -> String {
    let known = ConditionView.types
    if let type = known.first(where: { $0.lowercased() == text.lowercased() }) { return type }
    let nearest = nearest(text, among: known).map { "did you mean `\($0)`?" }
    throw ValidationError("there is no condition `\(text)`: \(nearest ?? "there are \(known.joined(separator: ", "))")")
  }

  private static func status(_ text: String) throws -> ConditionView.Status {
    switch text.lowercased() {
    case "true": .yes
    case "false": .no
    case "unknown": .unknown
    case _: throw ValidationError("a condition is True, False or Unknown, and not `\(text)`")
    }
  }

  /// What was not there in time: `its run has not ended`.
  var absence: String {
    switch self {
    case .runFinished: "its run has not ended"
    case .runSucceeded: "its run has not succeeded"
    case .changeCapture: "its run does not follow changes"
    case .condition(let type, let status): "its condition \(type) is not \(status.rawValue)"
    }
  }
}
