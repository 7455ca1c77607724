public import PipelineModel

/// Carries one request and brings its whole answer, whatever it says.
public protocol HTTPTransport: Sendable {
  func send(_ request: WireRequest) async throws(TransportError) -> HTTPAnswer
}

/// A request as it goes out.
public struct WireRequest: Hashable, Sendable {
  public var verb: HTTPVerb
  public var url: String
  /// The value of the header.
  public var authorization: String?
  /// JSON.
  public var body: String?
  /// From the call to the last byte of the answer.
  public var timeout: TimeSpan
}

/// No whole answer came.
public struct TransportError: Error, Hashable, Sendable {
  public var moment: Moment
  public var reason: String

  public enum Moment: Hashable, Sendable {
    /// Nobody can have heard the request.
    case beforeSending
    /// The same, and it will be so the next time: the other end did not prove who it is.
    case untrusted
    case afterSending
  }

  public init(_ moment: Moment, _ reason: String) {
    self.moment = moment
    self.reason = reason
  }
}
