import ArgumentParser
import ControlLoop
import PipelineModel

/// How long a command goes on.
struct WaitOptions: ParsableArguments {
  @Flag(inversion: .prefixedNo, help: "Wait until what was started or stopped is over.")
  var wait = true

  @Option(help: "How long another pipectl on the same state folder is waited for.")
  var lockTimeout: SpanArgument = SpanArgument(Workspace.lockTimeout)

  var goal: WaitGoal { wait ? .settled : .started }
}

/// `90s`, `15m`, `2h`, `1d`.
struct SpanArgument: ExpressibleByArgument {
  let span: TimeSpan

  init(_ span: TimeSpan) { self.span = span }

  init?(argument: String) {
    guard let span = TimeSpan(text: argument) else { return nil }
    self.span = span
  }

  var defaultValueDescription: String { span.description }
}

/// An instant (`2026-11-21T06:00:00Z`, `2026-11-21`), or a span from now (`2h`).
enum InstantArgument: ExpressibleByArgument {
  case at(Timestamp)
  case after(TimeSpan)

  init?(argument: String) {
    if let span = TimeSpan(text: argument) {
      self = .after(span)
    } else if let instant = Timestamp(rfc3339: argument) {
      self = .at(instant)
    } else {
      return nil
    }
  }

  func instant(from now: Timestamp) -> Timestamp {
    switch self {
    case .at(let instant): instant
    case .after(let span): now + span
    }
  }
}
