import PipelineModel

extension FaultScript {
  /// Adds a rule as a person writes it: `POST /v4/sources/*/sync=drop-after`, with `x3` at its end for three calls. False where it is none.
  public func add(rule text: String) -> Bool {
    guard let equals = text.lastIndex(of: "=") else { return false }
    var words = text[text.index(after: equals)...].split(separator: " ").map(String.init)
    var times = 1
    if let last = words.last, last.hasPrefix("x"), let count = Int(last.dropFirst()), count > 0 {
      times = count
      words.removeLast()
    }
    guard words.count == 1, let fault = Fault(text: words[0]) else { return false }
    add(String(text[..<equals]), fault, times: times)
    return true
  }
}

extension Fault {
  /// `drop-after`, `delay:2000`, `status:502`.
  public init?(text: String) {
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    let number = parts.count == 2 ? Int64(parts[1]) : nil
    guard parts.count == 1 || number != nil else { return nil }
    switch (parts.first, number) {
    case ("delay", let span?): self = .delay(TimeSpan(milliseconds: span))
    case ("drop-before", nil): self = .dropBefore
    case ("drop-after", nil): self = .dropAfter
    case ("duplicate", nil): self = .duplicate
    case ("too-many", let wait): self = .tooMany(retryAfter: wait.map { TimeSpan(seconds: $0) })
    case ("status", let status?): self = .status(Int(status), isDone: false)
    case ("status-after", let status?): self = .status(Int(status), isDone: true)
    case ("echo", let status?): self = .echo(Int(status))
    case ("page", nil): self = .page
    case ("truncated", nil): self = .truncated
    case ("cut-off", nil): self = .cutOff
    case ("slow-body", let span?): self = .slowBody(TimeSpan(milliseconds: span))
    case _: return nil
    }
  }

  /// Every form, for a help text.
  public static let forms =
    "delay:MS, drop-before, drop-after, duplicate, too-many[:SECONDS], status:CODE, status-after:CODE, echo:CODE, page, truncated, "
    + "cut-off, slow-body:MS"
}
