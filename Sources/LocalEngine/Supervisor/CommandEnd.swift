internal import PipelineModel

/// Why the program of a command ended.
enum CommandEnding: Hashable, Sendable {
  case byItself
  /// SIGINT was sent, as it was to end well.
  case completed
  case cancelled
  case runTimeout(TimeSpan)
  case noProgress(TimeSpan)
  case journal(String)
}

/// What the end of a command's program means. One that was cancelled did not succeed, whatever it exits with.
func judge(_ ending: CommandEnding, _ exit: ProcessExit, lastLines: [String]) -> RunOutcome {
  switch ending {
  case .byItself where exit.isSuccess: .succeeded
  case .byItself: .failed(Failure(.commandFailed, "the command \(exit.phrase)\(exit.suspicion)", lastLines: lastLines))
  case .completed where exit.isSuccess: .completed
  case .completed:
    .failed(
      Failure(
        .commandFailed, "the command was asked by SIGINT to end well, and \(exit.phrase)", lastLines: lastLines))
  case .cancelled: .cancelled
  case .runTimeout(let limit):
    .failed(
      Failure(.runTimeout, "the run took longer than its limit of \(limit) and was ended", lastLines: lastLines))
  case .noProgress(let limit):
    .failed(Failure(.noProgress, "the command printed nothing for \(limit) and was ended", lastLines: lastLines))
  case .journal(let reason):
    .failed(Failure(.journalFailed, "\(reason); the run was ended, as nothing of it could be recorded"))
  }
}

extension ProcessExit {
  /// What a person would like to know beside a signal.
  fileprivate var suspicion: String {
    switch self {
    case .code: ""
    case .signal: ", which pipectl did not send"
    }
  }
}
