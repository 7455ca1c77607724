internal import PipelineModel

/// What an answer says about its call.
struct CallVerdict {
  /// Absent where the call succeeded.
  let failure: CallFailure?

  init(_ answer: HTTPAnswer, of call: HTTPCall, at base: BaseURL, now: Timestamp, _ redaction: Redaction) {
    let place = "\(call) at \(base.text)"
    let words = redaction.excerpt(of: answer.body)
    let told = words.isEmpty ? "" : ": " + words
    func failed(_ kind: CallFailure.Kind, _ message: String) -> CallFailure {
      CallFailure(kind, message, answer: answer)
    }
    switch answer.status {
    case 200..<300:
      failure = answer.jsonTrouble.map { failed(.garbled, "\(place) answered \(answer.status) with \($0)") }
    case 300..<400:
      let target = answer.location.map { " to \(redaction.scrub($0))" } ?? ""
      failure = failed(.garbled, "\(place) answered \(answer.status), a redirect\(target); is `baseURL` right?")
    case 401, 403, 407:
      failure = failed(
        .unauthorized,
        "\(place) answered \(answer.status): the credentials are not accepted; see `credentials` of the engine's manifest\(told)"
      )
    case 408: failure = failed(.interrupted, "\(place) answered 408, it waited too long for the request")
    case 429:
      let wait = answer.wait(from: now)
      let when = wait.map { ", and wants to be left alone for \($0.seconds) s" } ?? ""
      failure = failed(.throttled(wait), "\(place) answered 429, too many calls\(when)")
    case 400..<500: failure = failed(.refused, "\(place) answered \(answer.status)\(told)")
    case _: failure = failed(.failing, "\(place) answered \(answer.status)\(told)")
    }
  }
}

extension HTTPAnswer {
  /// How long the service wants to be left alone.
  fileprivate func wait(from now: Timestamp) -> TimeSpan? {
    switch retryAfter {
    case .span(let span): span
    case .instant(let instant): max(TimeSpan(seconds: 0), instant - (date ?? now))
    case nil: nil
    }
  }
}
