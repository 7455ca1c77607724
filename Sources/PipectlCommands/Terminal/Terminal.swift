import Glibc

/// Where a command's words go: data on standard output, everything else on standard error.
struct Terminal: Sendable {
  let hasColour: Bool
  let dataHasColour: Bool
  /// Whether standard output is read by a person at once.
  let dataIsTerminal: Bool
  /// Whether a person can answer.
  let isInteractive: Bool
  /// Whether standard error can show a line that changes.
  let showsProgress: Bool
  /// Whether a report has standard output, so that the answer goes to standard error.
  var answersBeside = false

  init(colour: ColourChoice, environment: [String: String]) {
    let isDumb = environment["TERM"] == "dumb"
    let isTerminal = isatty(STDERR_FILENO) == 1 && !isDumb
    let wantsColour = !isDumb && (environment["NO_COLOR"] ?? "").isEmpty
    switch colour {
    case .always: (hasColour, dataHasColour) = (true, true)
    case .never: (hasColour, dataHasColour) = (false, false)
    case .auto:
      hasColour = isTerminal && wantsColour
      dataHasColour = isatty(STDOUT_FILENO) == 1 && wantsColour
    }
    dataIsTerminal = isatty(STDOUT_FILENO) == 1
    isInteractive = isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1
    showsProgress = isTerminal
  }

  func data(_ text: String) {
    if answersBeside { say(text) } else { document(text) }
  }

  /// What standard output is for, whatever else is said.
  func document(_ text: String) {
    writeAll(text.hasSuffix("\n") || text.isEmpty ? text : text + "\n", to: STDOUT_FILENO)
  }

  func say(_ text: String) {
    writeAll(text.hasSuffix("\n") || text.isEmpty ? text : text + "\n", to: STDERR_FILENO)
  }

  /// For standard error.
  var paint: Paint { Paint(isOn: hasColour) }

  /// For standard output, which may be a file while standard error is a terminal.
  var dataPaint: Paint { Paint(isOn: answersBeside ? hasColour : dataHasColour) }

  /// To standard error, as it is: for lines that change.
  func raw(_ text: String) {
    writeAll(text, to: STDERR_FILENO)
  }

  func announce(_ verdict: Verdict) {
    if let line = verdict.line { say(line) }
  }

  /// Asks a yes-or-no question; anything but `yes` or `y` is no.
  func agrees(to question: String) -> Bool {
    writeAll(question + " [y/N] ", to: STDERR_FILENO)
    let answer = readLine()?.lowercased()
    return answer == "y" || answer == "yes"
  }
}
