public import PipelineModel

/// What goes wrong on the way.
public enum Fault: Hashable, Sendable {
  /// It is done, and answered, so much later.
  case delay(TimeSpan)
  /// The connection ends before anything is done.
  case dropBefore
  /// It is done, and the connection ends without an answer.
  case dropAfter
  /// It is done twice, as by a proxy that sends again; the second answer is given.
  case duplicate
  /// It is not done; 429, with what to wait where the service says so.
  case tooMany(retryAfter: TimeSpan?)
  /// An error, before it was done or after.
  case status(Int, isDone: Bool)
  /// It is not done; an error whose words repeat what was sent.
  case echo(Int)
  /// It is done, and a page with 200 comes back.
  case page
  /// It is done, and half of the answer comes back, as if that were all.
  case truncated
  /// It is done, the whole length is announced, half of it comes, and the connection ends.
  case cutOff
  /// It is done, and the answer comes byte by byte with so much time in between.
  case slowBody(TimeSpan)
}
