import PipelineModel
import Reconciler

/// A line of the ledger: what was asked, by whom, and the one result.
struct RequestView: Codable, Hashable {
  var apiVersion = "pipectl.dev/v1"
  var kind = "Request"
  var pipeline: String
  var request: String
  var action: String
  var reason: String?
  /// `manifest`, or who gave the command.
  var by: String
  var recordedAt: String
  /// `pending`, `acting`, `done`, `refused`, `superseded`, `expired`.
  var state: String
  /// For a person.
  var message: String
  /// The run that it started or stopped, or waits for.
  var run: String?
  var settledAt: String?
}

extension RequestView {
  init(_ record: RequestRecord) {
    self.init(
      pipeline: record.key.pipeline.text, request: record.key.request.text, action: record.job.action.verb,
      reason: record.job.reason, by: record.origin.name, recordedAt: record.recordedAt.description,
      state: record.state.word, message: record.state.sentence, run: record.state.run?.description,
      settledAt: record.state.settledAt?.description)
  }

  /// A table of requests.
  static func lines(_ requests: [RequestView], indent: String = "", paint: Paint) -> [String] {
    var table = Table(["REQUEST", "ACTION", "RESULT", "RECORDED", "BY", "REASON"])
    for view in requests {
      table.add([view.request, view.action, view.message, view.recordedAt, view.by, view.reason ?? ""])
    }
    return table.lines(indent: indent, paint: paint)
  }
}

extension RequestRecord.Origin {
  /// `manifest`, or who gave the command.
  var name: String {
    switch self {
    case .manifest: "manifest"
    case .command(let author): author
    }
  }
}

extension RequestState {
  /// Stable, for machines.
  var word: String {
    switch self {
    case .pending: "pending"
    case .acting: "acting"
    case .settled(.done, _), .settled(.alreadyEnded, _), .settled(.nothingToCancel, _): "done"
    case .settled(.refused, _): "refused"
    case .settled(.superseded, _): "superseded"
    case .settled(.expired, _): "expired"
    }
  }

  var run: RunID? {
    switch self {
    case .pending(let run): run
    case .acting(let run): run
    case .settled(.done(let run), _), .settled(.alreadyEnded(let run), _): run
    case .settled(.refused(.alreadyRunning(let run)), _), .settled(.refused(.notInChangeCapture(let run)), _): run
    case .settled(.refused(.commandNotRunning(let run)), _): run
    case .settled(.refused(.nothingToComplete), _), .settled(.refused(.undeclared), _),
      .settled(.refused(.cannotDropDestination), _), .settled(.refused(.engine), _):
      nil
    case .settled(.nothingToCancel, _), .settled(.superseded, _), .settled(.expired, _): nil
    }
  }

  var settledAt: Timestamp? {
    if case .settled(_, let at) = self { at } else { nil }
  }
}
