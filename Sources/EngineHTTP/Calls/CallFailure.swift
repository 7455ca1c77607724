public import EngineAPI
public import PipelineModel

/// Why a call did not bring what it was sent for, and whether it may have been taken all the same.
public struct CallFailure: Error, Hashable, Sendable {
  public var kind: Kind
  /// What, where, how to mend it; holds no secret.
  public var message: String
  /// The answer, where one came.
  public var answer: HTTPAnswer?

  public enum Kind: Hashable, Sendable {
    /// No connection was made.
    case unreachable
    /// The other end did not prove who it is, so nothing was sent.
    case untrusted
    /// The connection broke, or the time was over, before the whole answer was there.
    case interrupted
    /// The service wants fewer calls, and takes the next one after that time.
    case throttled(TimeSpan?)
    /// The credentials were not accepted.
    case unauthorized
    /// The service will not do this.
    case refused
    /// The service failed in the middle.
    case failing
    /// Something answered, and not as the service does.
    case garbled
  }

  public init(_ kind: Kind, _ message: String, answer: HTTPAnswer? = nil) {
    self.kind = kind
    self.message = message
    self.answer = answer
  }

  /// Whether what was asked for may have been done.
  public var mayHaveBeenTaken: Bool {
    switch kind {
    case .unreachable, .untrusted, .throttled, .unauthorized, .refused: false
    case .interrupted, .failing, .garbled: true
    }
  }
}

extension EngineError {
  /// What a failed call says about an operation that consists of it.
  public init(_ failure: CallFailure) {
    switch failure.kind {
    case .unreachable, .untrusted, .throttled, .unauthorized: self.init(.unavailable, failure.message, .retryable)
    case .refused: self.init(.refused, failure.message, .terminal)
    case .interrupted, .failing, .garbled: self.init(.unavailable, failure.message, .uncertain)
    }
  }
}

extension CallFailure {
  /// What becomes of a call that brings nothing back: nil where it was taken.
  public static func of(_ call: () async throws(CallFailure) -> Void) async -> CallFailure? {
    do throws(CallFailure) {
      try await call()
      return nil
    } catch {
      return error
    }
  }
}
