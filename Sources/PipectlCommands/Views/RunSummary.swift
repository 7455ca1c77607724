import PipelineModel

/// How a run stands or ended, in short: for the end of a command, and for JSON.
struct RunSummary: Codable {
  var id: String
  var pipeline: String
  var mode: String
  /// A stage, `stopping`, `unconfirmed`, or the outcome.
  var status: String
  var startedAt: String?
  var endedAt: String?
  var duration: String?
  var failure: FailureView?
  var conditions: [String]
  var streams: [Stream]

  struct Stream: Codable, Hashable {
    var name: String
    /// Absent where it is not known.
    var records: Int64?
    var bytes: Int64?
  }

  struct FailureView: Codable {
    var code: String
    var message: String
    var lastLines: [String]
  }
}

extension RunSummary {
  init(_ run: RunRecord) {
    self.init(run.report, mode: run.order.mode)
  }

  init(_ report: RunReport, mode: RunMode) {
    var failure: FailureView?
    if case .failed(let value) = report.status.outcome {
      failure = FailureView(code: value.code.rawValue, message: value.message, lastLines: value.lastLines)
    }
    var duration: String?
    if let start = report.startedAt, let end = report.endedAt { duration = spanText(end - start) }
    self.init(
      id: report.run.description, pipeline: report.run.pipeline.text, mode: mode.rawValue, status: report.status.word,
      startedAt: report.startedAt?.description, endedAt: report.endedAt?.description, duration: duration,
      failure: failure, conditions: report.conditions.map(\.rawValue),
      streams: report.streams.map { Stream(name: $0.name, records: $0.records, bytes: $0.bytes) })
  }

  /// A headline and a table of streams.
  func lines(paint: Paint) -> [String] {
    var lines = [paint.bold(id) + " " + status + (duration.map { " in " + $0 } ?? "")]
    if let failure {
      lines.append("  \(failure.code): \(failure.message)")
      lines += failure.lastLines.map { paint.faint("  | ") + $0.harmless }
    }
    // Of a run that ended well nothing else tells them.
    if [RunOutcome.succeeded, .completed].map(\.word).contains(status) {
      lines += conditions.compactMap { RunCondition(rawValue: $0) }.map { "  \($0.rawValue): \($0.sentence)" }
    }
    guard !streams.isEmpty else { return lines }
    var table = Table([("STREAM", .left), ("RECORDS", .right), ("BYTES", .right)])
    for stream in streams { table.add([stream.name, shownCount(stream.records), shownBytes(stream.bytes)]) }
    return lines + table.lines(indent: "  ", paint: paint)
  }
}

extension RunStatus {
  /// One word or two, for a line.
  var word: String {
    switch self {
    case .starting: "starting"
    case .active(let stage): stage.rawValue
    case .backingOff: "backing off"
    case .stopping(let progress): progress.kind == .cancel ? "cancelling" : "completing"
    case .unconfirmed: "unconfirmed"
    case .ended(let outcome): outcome.word
    }
  }
}
