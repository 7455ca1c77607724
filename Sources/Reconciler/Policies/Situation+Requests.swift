internal import PipelineModel

extension Situation {
  /// The request that is to be acted on: the manifest's where the ledger has never seen it, else the newest pending one.
  var currentRequest: RequestRecord? {
    if let wanted = manifestRequest, isNew(wanted) { return wanted }
    return requests.last { request in
      if case .pending = request.state { true } else { false }
    }
  }

  /// The manifest uses an id again that was used for something else; what was recorded first is what counts.
  var reuse: PlanWarning? {
    guard let wanted = manifestRequest, let recorded = request(wanted.key.request),
      recorded.job.action != wanted.job.action
    else { return nil }
    return .requestReused(wanted.key, recorded: recorded.job.action.summary, now: wanted.job.action.summary)
  }

  private var manifestRequest: RequestRecord? {
    desired?.spec.job.map { job in
      RequestRecord(
        key: RequestKey(name, job.request), job: job, origin: .manifest, recordedAt: now, state: .pending(behind: nil))
    }
  }

  func isNew(_ request: RequestRecord) -> Bool {
    self.request(request.key.request) == nil
  }

  func isExpired(_ request: RequestRecord) -> Bool {
    request.deadline.map { $0 <= now } ?? false
  }
}

extension RequestRecord {
  /// Whether its effect is under way.
  var isConsumed: Bool {
    if case .acting = state { true } else { false }
  }

  /// Whether it waits to be acted on.
  var isPending: Bool {
    if case .pending = state { true } else { false }
  }

  /// When it expires, unless it was acted on.
  var deadline: Timestamp? { job.expireAfter.map { recordedAt + $0 } }

  /// The run that it was recorded behind.
  var target: RunID? {
    if case .pending(let run) = state { run } else { nil }
  }

  var askedFor: String {
    job.reason.map { "request `\(key.request)`: \($0)" } ?? "request `\(key.request)`"
  }

  func moved(to state: RequestState) -> RequestRecord {
    var copy = self
    copy.state = state
    return copy
  }
}

extension RunStatus {
  var isUnconfirmed: Bool {
    if case .unconfirmed = self { true } else { false }
  }

  /// Whether a stop of that kind is under way, or a stronger one.
  func isStopping(_ kind: StopKind) -> Bool {
    guard case .stopping(let progress) = self else { return false }
    return progress.kind == kind || progress.kind == .cancel
  }
}

extension JobAction {
  /// Its words, for a person who compares two of them.
  var summary: String {
    switch self {
    case .cancel, .complete: return verb
    case .start(let options):
      let mode = options.mode.map { ", mode \($0.rawValue)" } ?? ""
      return "start\(mode), ifRunning \(options.ifRunning.rawValue)"
        + (options.dropDestinationFirst ? ", dropDestinationFirst" : "")
    }
  }
}
