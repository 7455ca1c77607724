import ControlLoop
import PipelineModel
import Reconciler

/// What a command did, as JSON.
struct ResultView: Codable {
  var apiVersion = "pipectl.dev/v1"
  var kind = "Result"
  /// Why the command ended, in a stable word.
  var outcome: String
  /// The printed verdict.
  var verdict: String?
  var exitCode: Int32
  /// Absent where it did not come to a plan.
  var plan: PlanView?
  /// Those that were executed, in their order.
  var operations: [OperationView]
  var runs: [RunSummary]
  var requests: [RequestView]
  /// What is left after each run that was cancelled; absent where none was.
  var afterCancel: [AftermathView]?

  struct OperationView: Codable {
    var id: String
    var answer: String
  }

  struct AftermathView: Codable {
    var run: String
    /// What stays of its work, as sentences.
    var stays: [String]
    /// Slots that waited behind it, and were cancelled with it.
    var cancelledSlots: [String]
    /// The next slot that is to start a run.
    var nextSlot: String?
  }

  struct RequestView: Codable {
    var pipeline: String
    var request: String
    var action: String
    var state: String
  }
}

extension ResultView {
  init(_ result: LoopResult, verdict: Verdict, plan: PlanView?, aftermaths: [CancelAftermath] = []) {
    self.init(
      outcome: result.outcome.word, verdict: verdict.line, exitCode: verdict.exitCode, plan: plan,
      operations: result.executed.map { OperationView(id: $0.operation.id.text, answer: $0.answer.sentence) },
      runs: result.runs.map(RunSummary.init),
      requests: result.requests.map { request in
        RequestView(
          pipeline: request.key.pipeline.text, request: request.key.request.text, action: request.job.action.verb,
          state: request.state.sentence)
      }, afterCancel: aftermaths.isEmpty ? nil : aftermaths.map(AftermathView.init))
  }
}

extension ResultView {
  /// Of a command that did nothing.
  init(ended verdict: Verdict, outcome: String, runs: [RunSummary] = []) {
    self.init(
      outcome: outcome, verdict: verdict.line, exitCode: verdict.exitCode, plan: nil, operations: [], runs: runs,
      requests: [])
  }
}

extension ResultView.AftermathView {
  init(_ aftermath: CancelAftermath) {
    self.init(
      run: aftermath.run.description, stays: aftermath.stays,
      cancelledSlots: aftermath.cancelledSlots.map(\.description), nextSlot: aftermath.next?.description)
  }
}

extension LoopOutcome {
  /// Stable, for machines; that of `done` does not say that every run went well.
  var word: String {
    switch self {
    case .done: "Done"
    case .alreadyApplied: "AlreadyApplied"
    case .consentNeeded: "ConsentNeeded"
    case .savedPlanOutdated: "SavedPlanOutdated"
    case .environmentMismatch: "EnvironmentMismatch"
    case .notManaged: "NotManaged"
    case .followed: "Followed"
    case .lockHeld: "LockHeld"
    case .storeFailed: "StoreFailed"
    case .enginesUnavailable: "EnginesUnavailable"
    case .pending: "Pending"
    case .notConverging: "NotConverging"
    case .lawBroken: "LawBroken"
    case .interrupted: "Interrupted"
    }
  }
}

extension RequestState {
  var sentence: String {
    switch self {
    case .pending(let run): "pending" + (run.map { ", behind \($0)" } ?? "")
    case .acting(let run): "acting on \(run)"
    case .settled(let result, _): result.sentence
    }
  }
}

extension OperationAnswer {
  var sentence: String {
    switch self {
    case .done: "done"
    case .alreadyRunning(let run): "another run is active: \(run)"
    case .occupied(let words): "somebody else's is active: \(words)"
    case .runUnknown: "the engine does not know the run"
    case .wrongStage(let words): "not in this stage: \(words)"
    case .refused(let words): "refused: \(words)"
    case .unavailable(let words): "the engine could not be reached: \(words)"
    case .uncertain(let words): "not known yet, it is read back: \(words)"
    }
  }
}
