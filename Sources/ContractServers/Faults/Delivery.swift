import PipelineModel

/// An answer, and what becomes of it on the wire.
struct Delivery: Sendable {
  var answer: ServedAnswer
  var manner: Manner = .whole

  enum Manner: Sendable {
    case whole
    /// The length of all is announced.
    case half
    case slowly(TimeSpan)
    /// The connection ends instead.
    case never
  }

  static let dropped = Delivery(answer: ServedAnswer(500, nil), manner: .never)

  /// Lets the dialect do what is asked for, unless the fault keeps it from that.
  init(_ request: ServedRequest, by dialect: any ContractDialect, fault: Fault?) async {
    switch fault {
    case nil: self.init(answer: dialect.answer(request))
    case .delay(let span):
      try? await Task.sleep(for: .milliseconds(span.milliseconds))
      self.init(answer: dialect.answer(request))
    case .dropBefore: self = .dropped
    case .dropAfter:
      _ = dialect.answer(request)
      self = .dropped
    case .duplicate:
      _ = dialect.answer(request)
      self.init(answer: dialect.answer(request))
    case .tooMany(let wait): self.init(answer: .tooMany(wait))
    case .status(let status, let isDone):
      if isDone { _ = dialect.answer(request) }
      self.init(answer: ServedAnswer(status, ["error": "something went wrong"]))
    case .echo(let status):
      let sent = String(decoding: request.body, as: UTF8.self)
      self.init(answer: ServedAnswer(status, ["message": .string("cannot read \(sent)")]))
    case .page:
      _ = dialect.answer(request)
      self.init(answer: .page)
    case .truncated:
      var answer = dialect.answer(request)
      answer.body = Array(answer.body.prefix(answer.body.count / 2))
      self.init(answer: answer)
    case .cutOff: self.init(answer: dialect.answer(request), manner: .half)
    case .slowBody(let span): self.init(answer: dialect.answer(request), manner: .slowly(span))
    }
  }

  private init(answer: ServedAnswer, manner: Manner = .whole) {
    self.answer = answer
    self.manner = manner
  }
}

extension ServedAnswer {
  fileprivate static func tooMany(_ wait: TimeSpan?) -> ServedAnswer {
    var answer = ServedAnswer(429, ["error": "too many requests"])
    if let wait { answer.headers["Retry-After"] = String(wait.seconds) }
    return answer
  }

  fileprivate static let page = ServedAnswer(
    200, mediaType: "text/html; charset=utf-8", body: Array("<html><body>Sign in to the network</body></html>".utf8))
}
