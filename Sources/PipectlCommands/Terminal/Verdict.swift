/// How a command went: the printed verdict and the exit code come from this one value.
enum Verdict: Hashable, Sendable {
  /// 0; with a sentence where there is something to say beyond the output.
  case done(String? = nil)
  /// 1.
  case failed(String?)
  /// 2 where the caller asked for the difference to be told, else 0.
  case changesPending(String?, detailed: Bool)
  /// `diff` found differences: 1.
  case differs
  /// `diff` could not compare: 2.
  case diffFailed(String?)
  /// 64; ArgumentParser has said what is wrong.
  case usage
  /// 130 and 143.
  case interrupted(String?, signal: Int32)

  var exitCode: Int32 {
    switch self {
    case .done: 0
    case .failed: 1
    case .changesPending(_, let detailed): detailed ? 2 : 0
    case .differs: 1
    case .diffFailed: 2
    case .usage: 64
    case .interrupted(_, let signal): 128 + signal
    }
  }

  /// Stable, for machines.
  var word: String {
    switch self {
    case .done, .changesPending, .differs: "Done"
    case .failed, .diffFailed, .usage: "Failed"
    case .interrupted: "Interrupted"
    }
  }

  /// What went wrong, bare; absent where nothing did, or where it was said already.
  var problem: String? {
    switch self {
    case .failed(let text), .diffFailed(let text), .interrupted(let text, _): text
    case .done, .changesPending, .differs, .usage: nil
    }
  }

  /// The line that is printed on standard error.
  var line: String? {
    switch self {
    case .done(let text), .changesPending(let text, _): text
    case .failed(let text), .diffFailed(let text): text.map { "error: \($0)" }
    case .interrupted(let text, _): text
    case .differs, .usage: nil
    }
  }
}
