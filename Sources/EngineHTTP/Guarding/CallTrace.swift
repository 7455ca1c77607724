internal import PipelineModel

/// Tells of calls as they happen, for `--trace-http`: what it says may be shown to anybody.
public struct CallTrace: Sendable {
  private let note: @Sendable (String) -> Void

  /// - Parameter note: takes one line.
  public init(_ note: @escaping @Sendable (String) -> Void) {
    self.note = note
  }

  func sending(_ call: HTTPCall, to base: BaseURL, _ redaction: Redaction) {
    note("> \(call.verb.rawValue) \(redaction.scrub(base.text + call.target))")
    if let body = call.body { note("> " + redaction.shown(Array(body.utf8))) }
  }

  func received(_ answer: HTTPAnswer, within time: TimeSpan, _ redaction: Redaction) {
    let kind = answer.mediaType.map { ", \($0)" } ?? ""
    note("< \(answer.status)\(kind), \(answer.body.count) bytes, \(time.milliseconds) ms")
    if !answer.body.isEmpty { note("< " + redaction.shown(answer.body)) }
  }

  func failed(_ error: TransportError, _ redaction: Redaction) {
    note("! " + redaction.scrub(error.reason))
  }

  func repeating(_ call: HTTPCall, after wait: TimeSpan) {
    note("! again in \(wait.milliseconds) ms")
  }
}
