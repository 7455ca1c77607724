import StoreAPI

/// Ends a command early with its verdict.
struct CommandEnd: Error {
  let verdict: Verdict
  /// Why, in a stable word for programs.
  let outcome: String
  /// The mistakes in manifests that ended it; absent where there were none.
  let mistakes: Mistakes?

  init(_ verdict: Verdict, outcome: String = "Failed", mistakes: Mistakes? = nil) {
    self.verdict = verdict
    self.outcome = outcome
    self.mistakes = mistakes
  }

  static func failed(_ message: String) -> CommandEnd { CommandEnd(.failed(message)) }
}

extension CommandEnd {
  /// Whatever a command threw; absent for ArgumentParser's own errors, which print themselves.
  init?(thrown error: any Error) {
    switch error {
    case let end as CommandEnd: self = end
    case let error as StoreError: self = .failed(error.sentence)
    case _: return nil
    }
  }
}

extension StoreError {
  /// What is wrong with the state folder, and what to do about it.
  var sentence: String {
    switch code {
    case .notWritable:
      "the state folder cannot be written: \(message); give another one with --state, or mend its permissions"
    case .noFolder: "the state folder \(message); give another one with --state"
    case .full: "the disk of the state folder is full: \(message); nothing is lost, make room and repeat the command"
    case .corrupt: message
    case .newerVersion: message
    case .busy: "the state folder is busy: \(message); repeat the command"
    case .failed: "the state folder could not be read or written: \(message); `pipectl doctor` looks closer"
    }
  }
}
