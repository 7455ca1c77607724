internal import Glibc
internal import PipelineModel

/// What a round's end means; `succeeded` only where both ends say so and nobody interfered.
///
/// A tap that was stopped by us never succeeded, whatever it exits with. One that somebody else stopped, and that exits 0 after whole
/// lines, cannot be told from one that was done: nothing in the protocol says so.
func judge(_ end: RoundEnd, drainTimeout: TimeSpan) -> RunOutcome {
  if let interruption = end.interruption { return judge(interruption, end) }
  if !end.tap.isSuccess { return .failed(tapFailure(end)) }
  if end.wasTargetEnded {
    return .failed(
      Failure(
        .targetFailed,
        "the target did not end within its drain timeout of \(drainTimeout) and was ended; `limits.drainTimeout` gives it longer",
        lastLines: end.targetLines))
  }
  if !end.target.isSuccess {
    return .failed(Failure(.targetFailed, "the target \(end.target.phrase)", lastLines: end.targetLines))
  }
  if end.unfinishedBytes > 0 {
    return .failed(
      Failure(
        .cutShort, "the tap ended in the middle of a line (\(end.unfinishedBytes) bytes, not forwarded)",
        lastLines: end.tapLines))
  }
  return .succeeded
}

private func judge(_ interruption: Interruption, _ end: RoundEnd) -> RunOutcome {
  switch interruption {
  case .cancel: .cancelled
  case .runTimeout(let limit):
    .failed(Failure(.runTimeout, "the run took longer than its limit of \(limit) (`limits.runTimeout`) and was ended"))
  case .noProgress(let limit):
    .failed(
      Failure(
        .noProgress, "no line was forwarded and no state confirmed for \(limit) (`limits.noProgress`)",
        lastLines: end.tapLines))
  case .targetGone:
    .failed(
      Failure(.targetFailed, "the target \(end.target.phrase) before its input had ended", lastLines: end.targetLines))
  case .invalidMessage(let line, let excerpt):
    .failed(
      Failure(
        .invalidMessage,
        "line \(line) of the tap's output is no Singer message; it begins with `\(excerpt)`: a tap says on stderr what is not for its target",
        lastLines: end.tapLines))
  case .journal(let reason):
    .failed(
      Failure(
        .journalFailed, "\(reason); the run was ended, as its states could not be kept: make room, and start it again"))
  }
}

private func tapFailure(_ end: RoundEnd) -> Failure {
  let message = "the tap \(end.tap.phrase)"
  let outside: [Int32] = [SIGTERM, SIGKILL, SIGINT, SIGHUP, SIGQUIT]
  if case .signal(let number) = end.tap, outside.contains(number) {
    let culprit = number == SIGKILL ? "somebody did, or the kernel when memory ran out" : "somebody else did"
    return Failure(.cutShort, message + ", which pipectl did not send: \(culprit)", lastLines: end.tapLines)
  }
  return Failure(.tapFailed, message, lastLines: end.tapLines)
}

extension ProcessExit {
  /// `exited with 3`, `was killed by signal 9`.
  var phrase: String {
    switch self {
    case .code(let code): "exited with \(code)"
    case .signal(let number): "was killed by signal \(number)"
    }
  }

  init(waitStatus status: Int32) {
    self = status & 0x7F == 0 ? .code((status >> 8) & 0xFF) : .signal(status & 0x7F)
  }
}
