internal import EngineHTTP
internal import Foundation
internal import PipelineModel
internal import Synchronization

/// Stitch's Connect API, version 4: one function a call.
final class StitchService: Sendable {
  private let caller: HTTPCaller
  private let pacing: any Pacing
  /// How far the service's clock is ahead of ours.
  private let lead = Mutex(TimeSpan(seconds: 0))

  init(caller: HTTPCaller, pacing: any Pacing) {
    self.caller = caller
    self.pacing = pacing
  }

  /// By the service's clock, as its last answer showed it; so its instants can be compared with ours.
  func now() -> Timestamp { pacing.now() + lead.withLock { $0 } }

  /// By our own.
  func ownNow() -> Timestamp { pacing.now() }

  func sources() async throws(CallFailure) -> [StitchSource] {
    try await read(.get(["v4", "sources"]))
  }

  func source(_ id: Int) async throws(CallFailure) -> StitchSource {
    try await read(.get(["v4", "sources", String(id)]))
  }

  /// Sends the keys that change, and reads what is there afterwards.
  func update(_ id: Int, _ body: String) async throws(CallFailure) -> StitchSource {
    try await read(HTTPCall(.put, ["v4", "sources", String(id)], body: body, repetition: .harmless))
  }

  func streams(of source: Int) async throws(CallFailure) -> [StitchStream] {
    try await read(.get(["v4", "sources", String(source), "streams"]))
  }

  func stream(_ id: Int, of source: Int) async throws(CallFailure) -> StitchStreamDetail {
    try await read(.get(["v4", "sources", String(source), "streams", String(id)]))
  }

  func select(_ updates: [StitchStreamUpdate], of source: Int) async throws(CallFailure) {
    let path = ["v4", "sources", String(source), "streams", "metadata"]
    let body = try? JSONSerialization.data(
      withJSONObject: ["streams": updates.map(\.json)], options: [.sortedKeys, .withoutEscapingSlashes])
    let text = body.map { String(decoding: $0, as: UTF8.self) }
    _ = try await send(HTTPCall(.put, path, body: text, repetition: .harmless))
  }

  /// A second call while the first one's job runs is answered by `already_running`; after its end it starts another job, so it is sent only right
  /// after a look.
  func start(_ id: Int, again: Bool = false) async throws(CallFailure) -> StitchStartAnswer {
    let path = ["v4", "sources", String(id), "sync"]
    return try await read(HTTPCall(.post, path, repetition: again ? .onlyAfterALook : .harmful))
  }

  /// Ends whatever runs there, so a second call may end a later job.
  func stop(_ id: Int) async throws(CallFailure) {
    let call = HTTPCall(.delete, ["v4", "sources", String(id), "sync"], repetition: .onlyAfterALook)
    let answer = try await send(call)
    let error = try? answer.decoded(StitchStopAnswer.self, of: call).error
    if let error { throw CallFailure(.refused, "Stitch does not stop source \(id): \(error.message)", answer: answer) }
  }

  /// Counts against the budget of calls.
  func extractions(of client: Int, page: Int) async throws(CallFailure) -> StitchPage<StitchExtractionRow> {
    try await read(counted(["v4", String(client), "extractions"], page))
  }

  /// Counts against the budget of calls.
  func loads(of client: Int, page: Int) async throws(CallFailure) -> StitchPage<StitchLoad> {
    try await read(counted(["v4", String(client), "loads"], page))
  }

  /// One that is sent once for each time that it is counted: what it did not bring, the next look asks for.
  private func counted(_ path: [String], _ page: Int) -> HTTPCall {
    HTTPCall(.get, path, query: [.init("page", String(page))], repetition: .onlyAfterALook)
  }

  private func read<Value: Decodable>(_ call: HTTPCall) async throws(CallFailure) -> Value {
    try await send(call).decoded(of: call)
  }

  private func send(_ call: HTTPCall) async throws(CallFailure) -> HTTPAnswer {
    let answer = try await caller.send(call)
    if let date = answer.date { lead.withLock { $0 = date - pacing.now() } }
    return answer
  }
}
