import PipelineModel
import Reconciler

extension Reason {
  /// Stable, for machines.
  var word: String {
    switch self {
    case .changes: "Changes"
    case .upToDate: "UpToDate"
    case .paused: "Paused"
    case .runActive: "RunActive"
    case .runStopping: "RunStopping"
    case .runUnconfirmed: "RunUnconfirmed"
    case .requestPending: "RequestPending"
    case .consentNeeded: "ConsentNeeded"
    case .engineUnavailable: "EngineUnavailable"
    case .intentOpen: "IntentOpen"
    case .orphaned: "Orphaned"
    case .engineAtCapacity: "EngineAtCapacity"
    case .controllerAtCapacity: "ControllerAtCapacity"
    case .slotWaiting: "SlotWaiting"
    case .ownedElsewhere: "OwnedElsewhere"
    }
  }

  var sentence: String {
    switch self {
    case .changes: "it has changes"
    case .upToDate: "as its manifest wants it"
    case .paused(let details): "paused" + details.suffix
    case .runActive(let run): "\(run) is running"
    case .runStopping(let run): "\(run) is stopping"
    case .runUnconfirmed(let run): "\(run) is not proven to have ended; nothing starts until it is"
    case .requestPending(let request, let run):
      "request `\(request)` is pending" + (run.map { ", waiting for the end of \($0)" } ?? "")
    case .consentNeeded(let request, let consent):
      "request `\(request)` waits for somebody to agree that it \(consent.effect)"
    case .engineUnavailable(let engine, let reason): "engine `\(engine)` could not be read: \(reason)"
    case .intentOpen(let operation):
      "the outcome of \(operation) is not known yet; it is read back before anything else"
    case .orphaned(let since): "its manifest is gone since \(since); it is left as it was (`--prune` lets it go)"
    case .engineAtCapacity(let engine, let limit): "engine `\(engine)` already runs its limit of \(limit)"
    case .controllerAtCapacity(let limit): "\(activeRuns(limit)), as many as this controller may have"
    case .slotWaiting(let instant, let run): "slot \(instant) waits for \(run) to end"
    case .ownedElsewhere(let set): "it belongs to \(set); `--adopt` takes it over"
    }
  }
}

extension Consent {
  /// What it is a consent to, of something that does it.
  var effect: String {
    switch self {
    case .cancel: "cancels what runs"
    case .rewrite: "rewrites the destination"
    case .delete: "deletes"
    }
  }
}

/// `1 run is active`, `8 runs are active`.
func activeRuns(_ count: Int) -> String { "\(counted(count, "run")) \(count == 1 ? "is" : "are") active" }

extension PauseDetails {
  var suffix: String {
    (until.map { " until \($0)" } ?? "") + (by.map { " by \($0)" } ?? "") + (reason.map { ": \($0)" } ?? "")
  }
}

extension Precondition {
  var sentence: String {
    switch self {
    case .generation(0): "it is not recorded yet"
    case .generation(let generation): "it is still at generation \(generation)"
    case .noActiveRun: "no run of it is active"
    case .activeRun(let run): "\(run) is still active"
    case .requestUnsettled(let key): "request `\(key.request)` has no result yet"
    }
  }
}

extension Precondition {
  /// What is the case where it does not hold, after the pipeline's name.
  var denial: String {
    switch self {
    case .generation(0): "is recorded by now"
    case .generation(let generation): "is no longer at generation \(generation)"
    case .noActiveRun: "has an active run"
    case .activeRun(let run): "has ended \(run)"
    case .requestUnsettled(let key): "has a result for request `\(key.request)` by now"
    }
  }
}

extension PlanWarning {
  var sentence: String {
    switch self {
    case .newLedger(let requests):
      "new ledger: \(requests) request\(requests == 1 ? "" : "s") will act; this state folder has never recorded one"
    case .requestReused(let key, let recorded, let now):
      "request `\(key.request)` of \(key.pipeline) was used before for `\(recorded)`; asking for `\(now)` under the same id "
        + "does nothing, choose a new id"
    case .looksRenamed(let from, let to):
      "\(to) has the very spec of \(from), which is gone: a renamed pipeline is a new one, without the old one's states"
    case .noController(let count):
      "no controller is running: the slots of \(count) scheduled pipeline\(count == 1 ? "" : "s") do not start by themselves"
    case .protected(let name): "\(name) is protected and stays, although its manifest is gone"
    case .pruneRefused(let refusal): "nothing is pruned: " + refusal.sentence
    case .drifted(let name, let engine, let drift, let isNew):
      "\(drift.sentence(of: name.text, on: engine)), \(isNew ? unrecordedLook : "first seen \(drift.seenAt)"); no manifest declares it, so it stays"
    case .unread(let name, let engine, let words):
      "what engine `\(engine)` tells of \(name) cannot be read, so nothing is done to it: \(words)"
    case .missing(let name, let engine, let id):
      "\(name): engine \(engine) has no `\(id)`, so nothing of it can be started there; is `remote.id` right?"
    case .settingsRefused(let name, let engine, let refusal):
      "\(name): engine \(engine) did not take what is declared, at \(refusal.at): \(refusal.message)"
    }
  }
}

extension PruneRefusal {
  var sentence: String {
    switch self {
    case .emptySource(let set): "\(set) holds no pipeline at all, which looks like a mistake"
    case .overLimit(let count, let total, let limit):
      "\(count) of \(total) pipelines would go, more than the limit of \(limit); check the folder, or raise --prune-limit"
    }
  }
}

extension Drift {
  /// `shop: somebody changed `schedule` on engine stitch-eu from every 1h to every 6h`.
  func sentence(of name: String, on engine: EngineName) -> String {
    "\(name): somebody changed `\(field.rawValue)` on engine \(engine) from \(before ?? "nothing") to \(after ?? "nothing")"
  }
}

/// Of what a look is the first to see: when it came about nobody knows, and a look that only reads leaves no time behind.
let unrecordedLook = "seen just now, and not recorded before"
