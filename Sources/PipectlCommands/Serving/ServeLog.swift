import ControlServer
import Foundation
import PipelineModel
import Synchronization

/// The log of a controller that stays, on standard error: a line for everything that it does, and for what it cannot do.
final class ServeLog: Sendable {
  private let format: LogFormat
  private let clock = SystemClock()
  /// The commit that is applied, named on every line.
  private let commit = Mutex<String?>(nil)

  init(_ format: LogFormat) {
    self.format = format
  }

  func follow(_ commit: String?) { self.commit.withLock { $0 = commit } }

  func say(
    _ level: ServeLogLine.Level, _ message: String, pipeline: PipelineName? = nil, run: RunID? = nil,
    generation: Int? = nil, commit: String? = nil
  ) {
    write(
      ServeLogLine(
        time: clock.now(), level: level, message: message, pipeline: pipeline, run: run, generation: generation,
        commit: commit))
  }

  func note(_ event: ControlEvent) {
    write(
      ServeLogLine(
        time: event.at, level: event.type.level, message: "\(event.type.words): \(event.message)",
        pipeline: event.pipeline,
        run: event.run, generation: event.generation))
  }

  private func write(_ line: ServeLogLine) {
    var line = line
    line.commit = line.commit ?? commit.withLock { $0 }
    switch format {
    case .text: writeAll(line.text + "\n", to: 2)
    case .json: writeAll(line.json + "\n", to: 2)
    }
  }
}

extension ControlEvent.Kind {
  fileprivate var level: ServeLogLine.Level {
    switch self {
    case .pipelineApplied, .pipelinePaused, .pipelineResumed, .overrideRemoved, .requestRecorded, .requestSettled,
      .runOrdered, .runStopping, .runEnded, .stateSet, .pipelineForgotten:
      .info
    case .pipelineOrphaned, .pauseOverdue, .runUnconfirmed, .attemptFailed, .operationUncertain: .warning
    }
  }

  /// `RunEnded` is `run ended`.
  fileprivate var words: String {
    rawValue.reduce(into: "") { text, letter in
      if letter.isUppercase && !text.isEmpty { text += " " }
      text += letter.lowercased()
    }
  }
}
