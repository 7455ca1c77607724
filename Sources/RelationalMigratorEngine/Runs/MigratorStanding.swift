internal import EngineHTTP
internal import PipelineModel

/// Where a job stands, as its two statuses and its verification tell together.
enum MigratorStanding: Hashable, Sendable {
  case active(Stage)
  /// It ends, in the way that its stage has.
  case ending(StopKind)
  case cleaningUp
  /// The migration is over and was to be verified, and nothing is told of that.
  case unverified
  case ended(RunOutcome, [RunCondition])
  /// Something is told that is not known here, so nothing follows.
  case unclear(String)
}

extension MigratorJob {
  /// - Parameter hasCaptured: whether the job was seen in its CDC stage before.
  func standing(for order: StartOrder, hasCaptured: Bool = false) -> MigratorStanding {
    let isContinuous = order.mode == .continuous
    switch status {
    case .unknown(let word): return unclear("status", word)
    case .known(.failed): return .ended(.failed(failed), [])
    case .known(.cancelled): return .ended(isContinuous && isCompleting ? .completed : .cancelled, [])
    case .known(.completed): return isContinuous ? changeCaptureEnd(hasCaptured) : snapshotEnd(of: order)
    case .known(.cancelling): return .ending(isContinuous && isCompleting ? .complete : .cancel)
    case .known(.cleaningUp): return isContinuous && isCompleting ? .ending(.complete) : .cleaningUp
    case .known(.running), .known(.notStarted), .known(.paused):
      return isContinuous ? changeCaptureStage : .active(.snapshot)
    }
  }

  private var changeCaptureStage: MigratorStanding {
    switch changeCapture {
    case .known(.notStarted): .active(.snapshot)
    case .known(.running), .known(.paused): .active(.cdc)
    case .known(.completing), .known(.completed): .ending(.complete)
    case .known(.failed), .known(.cancelled): .cleaningUp
    case .unknown(let word): unclear("cdcStatus", word)
    }
  }

  /// A job that is over without a sign of its CDC stage has not ended well: what changed since its snapshot was not captured.
  private func changeCaptureEnd(_ hasCaptured: Bool) -> MigratorStanding {
    switch changeCapture {
    case .known(.failed): return .ended(.failed(failed), [])
    case .known(.cancelled): return .ended(.cancelled, [])
    case .known(.running), .known(.paused), .known(.completing), .known(.completed): return .ended(.completed, [])
    case .known(.notStarted), .unknown:
      let isSeen = hasCaptured || changeCaptureStartedAt != nil
      return .ended(isSeen ? .completed : .failed(uncaptured), [])
    }
  }

  private func snapshotEnd(of order: StartOrder) -> MigratorStanding {
    guard order.spec.work.migration?.verifies == true else { return .ended(.succeeded, []) }
    switch verification {
    case nil: return .unverified
    case .known(.verifying), .known(.cancelling): return .active(.verify)
    case .known(.verified): return .ended(.succeeded, [])
    case .known(.cancelled), .known(.aborted): return .ended(.succeeded, [.verificationUnconfirmed])
    case .known(.failed):
      return .ended(
        .failed(
          Failure(
            .engineFailed,
            "job \(id) has migrated everything, and its verification found differences; Relational Migrator shows which"
          )),
        [])
    case .unknown(let word): return unclear("metadata.verificationStatus", word)
    }
  }

  private var isCompleting: Bool { [.known(.completing), .known(.completed)].contains(changeCapture) }

  private var failed: Failure {
    Failure(.engineFailed, "job \(id) failed" + (failure.map { ": \($0)" } ?? "; Relational Migrator shows why"))
  }

  private var uncaptured: Failure {
    Failure(
      .engineFailed,
      "job \(id) is COMPLETED, and nothing shows that it reached its CDC stage (`cdcStatus` is \(changeCapture.word)): what changed since its snapshot may be missing"
    )
  }

  private func unclear(_ field: String, _ word: String) -> MigratorStanding {
    .unclear(
      "Relational Migrator says `\(word)` as `\(field)` of job \(id), which this version of pipectl does not know")
  }
}
