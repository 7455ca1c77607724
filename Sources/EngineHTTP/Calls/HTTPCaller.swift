public import EngineAPI
internal import PipelineModel

/// Speaks to one engine's interface: sends calls, again where that does no harm, and says of each that failed what it may have done.
public struct HTTPCaller: Sendable {
  private let base: BaseURL
  private let transport: any HTTPTransport
  private let pacing: any Pacing
  private let patience: CallPatience
  private let credential: CredentialSource
  private let trace: CallTrace?

  /// Where the credential is read when a call is made, so that one that was changed counts from the next call on.
  public typealias CredentialSource = @Sendable () throws(EngineError) -> Credential?

  /// - Parameter trace: hears of every call and answer, without secrets.
  public init(
    base: BaseURL, transport: any HTTPTransport, pacing: any Pacing, credential: Credential?,
    patience: CallPatience = CallPatience(), trace: CallTrace? = nil
  ) {
    self.init(
      base: base, transport: transport, pacing: pacing, credentials: { () throws(EngineError) in credential },
      patience: patience, trace: trace)
  }

  /// - Parameters:
  ///   - credentials: asked once a call; where it fails nothing is sent.
  ///   - trace: hears of every call and answer, without secrets.
  public init(
    base: BaseURL, transport: any HTTPTransport, pacing: any Pacing, credentials: @escaping CredentialSource,
    patience: CallPatience = CallPatience(), trace: CallTrace? = nil
  ) {
    self.base = base
    self.transport = transport
    self.pacing = pacing
    credential = credentials
    self.patience = patience
    self.trace = trace
  }

  /// A whole answer in JSON with a status of 200 to 299; everything else is a failure.
  public func send(_ call: HTTPCall) async throws(CallFailure) -> HTTPAnswer {
    var attempt = 1
    while true {
      do throws(CallFailure) {
        return try await sendOnce(call)
      } catch {
        let wait = patience.wait(after: error, of: call, attempt: attempt, chance: pacing.chance())
        guard let wait, !Task.isCancelled else { throw error }
        trace?.repeating(call, after: wait)
        await pacing.pause(wait)
        attempt += 1
      }
    }
  }

  private func sendOnce(_ call: HTTPCall) async throws(CallFailure) -> HTTPAnswer {
    let credential = try readCredential()
    let redaction = Redaction(credential, hiding: call.hidden)
    let request = WireRequest(
      verb: call.verb, url: base.text + call.target, authorization: credential?.headerValue, body: call.body,
      timeout: call.timeout)
    trace?.sending(call, to: base, redaction)
    let begin = pacing.now()
    let answer = try await transported(request, call, redaction)
    trace?.received(answer, within: pacing.now() - begin, redaction)
    if let failure = CallVerdict(answer, of: call, at: base, now: pacing.now(), redaction).failure { throw failure }
    return answer
  }

  private func readCredential() throws(CallFailure) -> Credential? {
    do throws(EngineError) { return try credential() } catch { throw CallFailure(.unauthorized, error.message) }
  }

  private func transported(
    _ request: WireRequest, _ call: HTTPCall, _ redaction: Redaction
  ) async throws(CallFailure) -> HTTPAnswer {
    do throws(TransportError) {
      return try await transport.send(request)
    } catch {
      trace?.failed(error, redaction)
      let words = "\(call) at \(base.text): \(redaction.scrub(error.reason))"
      switch error.moment {
      case .beforeSending: throw CallFailure(.unreachable, words + "; is `baseURL` right, and the service up?")
      case .untrusted:
        throw CallFailure(
          .untrusted,
          words
            + "; no trusted connection: is `baseURL` right, and is the service's certificate valid and signed by somebody whom this machine trusts?"
        )
      case .afterSending: throw CallFailure(.interrupted, words)
      }
    }
  }
}
