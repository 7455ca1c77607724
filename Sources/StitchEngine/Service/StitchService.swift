internal import EngineHTTP
internal import Foundation
internal import PipelineModel

/// Stitch's Connect API, version 4: one function a call.
struct StitchService: Sendable {
  let calls: TimedCaller

  /// By the service's clock.
  func now() -> Timestamp { calls.now() }

  /// By our own.
  func ownNow() -> Timestamp { calls.ownNow() }

  func sources() async throws(CallFailure) -> RowList<StitchSource> {
    try await calls.read(.get(["v4", "sources"]))
  }

  func source(_ id: Int) async throws(CallFailure) -> StitchSource {
    try await calls.read(.get(["v4", "sources", String(id)]))
  }

  /// Sends the keys that change, and reads what is there afterwards.
  func update(_ id: Int, _ body: String) async throws(CallFailure) -> StitchSource {
    try await calls.read(HTTPCall(.put, ["v4", "sources", String(id)], body: body, repetition: .harmless))
  }

  func streams(of source: Int) async throws(CallFailure) -> [StitchStream] {
    try await calls.read(.get(["v4", "sources", String(source), "streams"]))
  }

  func stream(_ id: Int, of source: Int) async throws(CallFailure) -> StitchStreamDetail {
    try await calls.read(.get(["v4", "sources", String(source), "streams", String(id)]))
  }

  func select(_ updates: [StitchStreamUpdate], of source: Int) async throws(CallFailure) {
    let path = ["v4", "sources", String(source), "streams", "metadata"]
    let body = try? JSONSerialization.data(
      withJSONObject: ["streams": updates.map(\.json)], options: [.sortedKeys, .withoutEscapingSlashes])
    let text = body.map { String(decoding: $0, as: UTF8.self) }
    try await calls.send(HTTPCall(.put, path, body: text, repetition: .harmless))
  }

  /// A second call while the first one's job runs is answered by `already_running`; after its end it starts another job, so it is sent only right
  /// after a look.
  func start(_ id: Int, again: Bool = false) async throws(CallFailure) -> StitchStartAnswer {
    let path = ["v4", "sources", String(id), "sync"]
    return try await calls.read(HTTPCall(.post, path, repetition: again ? .onlyAfterALook : .harmful))
  }

  /// Ends whatever runs there, so a second call may end a later job.
  func stop(_ id: Int) async throws(CallFailure) {
    let call = HTTPCall(.delete, ["v4", "sources", String(id), "sync"], repetition: .onlyAfterALook)
    let answer = try await calls.send(call)
    let error = try? answer.decoded(StitchStopAnswer.self, of: call).error
    if let error { throw CallFailure(.refused, "Stitch does not stop source \(id): \(error.message)", answer: answer) }
  }

  /// Counts against the budget of calls.
  func extractions(of client: Int, page: Int) async throws(CallFailure) -> StitchPage<StitchExtractionRow> {
    try await calls.read(counted(["v4", String(client), "extractions"], page))
  }

  /// Counts against the budget of calls.
  func loads(of client: Int, page: Int) async throws(CallFailure) -> StitchPage<StitchLoad> {
    try await calls.read(counted(["v4", String(client), "loads"], page))
  }

  /// One that is sent once for each time that it is counted: what it did not bring, the next look asks for.
  private func counted(_ path: [String], _ page: Int) -> HTTPCall {
    HTTPCall(.get, path, query: [.init("page", String(page))], repetition: .onlyAfterALook)
  }
}
