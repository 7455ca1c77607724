import ControlLoop
import PipelineModel
import Reconciler

extension LoopOutcome {
  /// What happened, to which object, and what to do.
  var sentence: String {
    switch self {
    case .done: "done"
    case .alreadyApplied: "already applied"
    case .interrupted: "interrupted"
    case .consentNeeded(let operations): operations.refusal
    case .savedPlanOutdated(let failed): outdated(failed)
    case .environmentMismatch(let folder, let asked): mismatch(folder, asked)
    case .notManaged(let names):
      "\(listed(names.map(\.text))) \(names.count == 1 ? "is" : "are") not recorded here, and nothing was done: apply the manifest first"
    case .followed(let sets):
      "the controller of this state folder follows \(listed(sets.map(\.description))), and applies what is there by itself; nothing was done: change it there, or use another folder with --state"
    case .lockHeld(let holder):
      "the state folder is in use by \(holder); nothing was done: repeat the command when that is over, or wait longer with --lock-timeout"
    case .storeFailed(let error): error.sentence
    case .enginesUnavailable(let engines):
      engines.map(\.sentence).joined(separator: "; ") + "; `pipectl doctor` looks closer"
    case .pending(let keys):
      "\(listed(keys.map(\.description))) is still pending, and nothing is known to wait for; `pipectl why \(keys.first?.pipeline.text ?? "")` tells why"
    case .notConverging(let operations):
      "gave up: \(listed(operations.map(\.id.text))) is to be done again and again, and its engine never does it; `pipectl history` shows the attempts"
    case .lawBroken(let violations):
      "this is a fault of pipectl's own, and nothing was done: the plan breaks \(listed(violations.map(\.description))); please report it"
    }
  }

  private func outdated(_ failed: [FailedPrecondition]) -> String {
    // Several operations of a pipeline depend on the same.
    var moved: [String] = []
    for precondition in failed.map({ "\($0.operation.pipeline) \($0.precondition.denial)" })
    where !moved.contains(precondition) {
      moved.append(precondition)
    }
    return
      "the world has moved on since this plan was saved, and nothing was done: \(moved.joined(separator: "; ")); make a new plan"
  }

  private func mismatch(_ folder: String, _ asked: String) -> String {
    let serves = folder.isEmpty ? "no environment" : "environment `\(folder)`"
    let wanted = asked.isEmpty ? "none" : "`\(asked)`"
    let mend = folder.isEmpty ? "leave --env away" : "use --env \(folder)"
    return
      "this state folder serves \(serves), and \(wanted) was asked for; nothing was done: \(mend), or another folder with --state"
  }
}

extension EngineAvailability {
  var sentence: String {
    switch answer {
    case .complete: "engine `\(engine)` answers"
    case .unavailable(let words): "engine `\(engine)` could not be read: \(words)"
    }
  }
}

extension [Operation] {
  /// Names what is refused, and the flags that agree to it.
  var refusal: String {
    let consents = Consent.allCases.filter { consent in contains { $0.dataEffect.consent == consent } }
    let named = map { "\($0.verb) \($0.pipeline) (\($0.dataEffect.rawValue): \($0.reason))" }
    let flags = ["--yes"] + consents.compactMap(\.flag)
    return
      "nothing was done, for this needs your consent: \(named.joined(separator: ", ")); add \(flags.joined(separator: " ")) to agree"
  }
}

extension Consent {
  /// Absent where `--yes` alone is enough.
  var flag: String? {
    switch self {
    case .cancel: nil
    case .rewrite: "--allow rewrite"
    case .delete: "--allow delete"
    }
  }
}
