/// What one call of git came to.
struct GitAnswer {
  let command: String
  let output: [UInt8]
  let ending: BriefProgram.Ending
  /// What git said last on standard error, without credentials and without progress.
  let words: [String]
  private let limit: Int64

  init(command: String, _ answer: BriefProgram.Answer, limit: Int64) {
    self.command = command
    self.limit = limit
    output = answer.output
    ending = answer.ending
    words = String(decoding: answer.errors, as: UTF8.self)
      .split(whereSeparator: { $0 == "\n" || $0 == "\r" || $0 == "\r\n" })
      .map { withoutCredentials($0.trimmed) }.filter { !$0.isEmpty }.suffix(16)
  }

  /// The output without the line's end.
  var text: String { String(decoding: output, as: UTF8.self).trimmed }

  var succeeded: Bool { ending == .exited(0) }

  /// Hands itself on where git did what it was asked.
  func demand(of subject: String) throws(SourceFailure) -> GitAnswer {
    if succeeded { return self }
    throw failure(of: subject)
  }

  func failure(of subject: String) -> SourceFailure {
    switch ending {
    case .exited: SourceFailure(words: words, of: subject, command: command)
    case .signalled(let signal):
      SourceFailure(.failed, "`git \(command)` for \(subject) was ended by signal \(signal); it is tried again")
    case .late:
      SourceFailure(
        .timeout,
        "`git \(command)` for \(subject) took longer than \(limit / 1000) s and was ended; check the network and the remote, or allow more time"
      )
    case .verbose:
      SourceFailure(.failed, "`git \(command)` for \(subject) answers more than is read; follow a smaller folder")
    }
  }
}

extension StringProtocol {
  fileprivate var trimmed: String {
    let isSpace = { (character: Character) in character.isWhitespace }
    return String(drop(while: isSpace).reversed().drop(while: isSpace).reversed())
  }
}
