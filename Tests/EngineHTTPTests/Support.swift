import PipelineModel
import Synchronization

@testable import EngineHTTP

/// Time that passes only where somebody pauses.
final class StillTime: Pacing {
  private let instant = Mutex(Timestamp(seconds: 1_790_000_000))
  private let spans = Mutex<[TimeSpan]>([])

  var pauses: [TimeSpan] { spans.withLock { $0 } }

  func now() -> Timestamp { instant.withLock { $0 } }

  func pause(_ span: TimeSpan) async {
    spans.withLock { $0.append(span) }
    instant.withLock { $0 = $0 + span }
  }

  func chance() -> Double { 1 }
}

/// Answers one call after the other as it was told to, and keeps what was sent.
final class ScriptedTransport: HTTPTransport {
  private let script: Mutex<[Result<HTTPAnswer, TransportError>]>
  private let requests = Mutex<[WireRequest]>([])

  init(_ script: [Result<HTTPAnswer, TransportError>]) {
    self.script = Mutex(script)
  }

  var sent: [WireRequest] { requests.withLock { $0 } }

  func send(_ request: WireRequest) async throws(TransportError) -> HTTPAnswer {
    requests.withLock { $0.append(request) }
    let next = script.withLock { $0.isEmpty ? nil : $0.removeFirst() }
    guard let next else { throw TransportError(.beforeSending, "the script is over") }
    return try next.get()
  }
}

/// Lines that somebody may read.
final class Notes: Sendable {
  private let lines = Mutex<[String]>([])

  var text: String { lines.withLock { $0.joined(separator: "\n") } }
  var trace: CallTrace { CallTrace { line in self.lines.withLock { $0.append(line) } } }
}

func answer(_ status: Int, _ body: String = "{}", mediaType: String = "application/json") -> HTTPAnswer {
  HTTPAnswer(status: status, mediaType: mediaType, body: Array(body.utf8))
}

extension HTTPCall {
  static let read = HTTPCall.get(["v4", "sources"])
  static let start = HTTPCall(.post, ["v4", "sources", "4711", "sync"], repetition: .harmful)
  static let stop = HTTPCall(.delete, ["v4", "sources", "4711", "sync"], repetition: .onlyAfterALook)
}
