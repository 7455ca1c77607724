import Foundation
import PipelineModel

/// One line of a controller's log.
struct ServeLogLine: Sendable {
  enum Level: String, Encodable, Sendable {
    case info, warning, error
  }

  var time: Timestamp
  var level: Level
  var message: String
  var pipeline: PipelineName?
  var run: RunID?
  var generation: Int?
  var commit: String?

  /// `2026-11-21T05:30:12Z info run ended: succeeded pipeline=orders run=orders/3 generation=2`.
  var text: String {
    let fields: [(String, String?)] = [
      ("pipeline", pipeline?.text), ("run", run?.description), ("generation", generation.map(String.init)),
      ("commit", commit.map { String($0.prefix(12)) }),
    ]
    return
      (["\(time) \(level.rawValue) \(message.harmless)"]
      + fields.compactMap { name, value in value.map { "\(name)=\($0)" } })
      .joined(separator: " ")
  }

  /// One object, without a line's end.
  var json: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Texts and numbers only: there is nothing in it that JSON cannot say.
    guard let data = try? encoder.encode(Document(self)) else { return text }
    return String(decoding: data, as: UTF8.self)
  }
}

/// What collectors of logs read: every value under its own key, the time as text.
private struct Document: Encodable {
  let time: String
  let level: ServeLogLine.Level
  let message: String
  let pipeline: String?
  let run: String?
  let generation: Int?
  let commit: String?

  init(_ line: ServeLogLine) {
    time = line.time.description
    level = line.level
    message = line.message
    pipeline = line.pipeline?.text
    run = line.run?.description
    generation = line.generation
    commit = line.commit
  }
}
