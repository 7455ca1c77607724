internal import EngineHTTP
internal import PipelineModel

/// Hevo Edge's interface, version 1: one function a call.
struct HevoService: Sendable {
  let calls: TimedCaller

  /// By the service's clock.
  func now() -> Timestamp { calls.now() }

  /// By our own.
  func ownNow() -> Timestamp { calls.ownNow() }

  func pipelines() async throws(CallFailure) -> RowList<HevoPipeline> {
    try await rows(of: ["api", "v1", "pipelines"])
  }

  func pipeline(_ id: String) async throws(CallFailure) -> HevoPipeline {
    try await calls.read(.get(path(id)))
  }

  /// Page by page, until `isEnough` says of what was read that the rest does not matter.
  func jobs(
    of id: String, until isEnough: ([HevoJob]) -> Bool
  ) async throws(CallFailure) -> [HevoJob] {
    let list: RowList<HevoJob> = try await rows(of: path(id) + ["jobs"], until: isEnough)
    // It may be the one that a start has begun, so nothing is concluded from the others either.
    if let odd = list.odd.first {
      throw CallFailure(.garbled, "a job of pipeline \(id) cannot be read: \(odd.words)")
    }
    return list.rows
  }

  func job(_ job: String, of id: String) async throws(CallFailure) -> HevoJob {
    try await calls.read(.get(path(id) + ["jobs", job]))
  }

  func objects(of job: String, of id: String) async throws(CallFailure) -> [HevoJobObject] {
    try await rows(of: path(id) + ["jobs", job, "objects"]).rows
  }

  /// A second call while the first one's job runs is a conflict; after its end it starts another job.
  func start(_ id: String, _ manner: HevoStart) async throws(CallFailure) {
    switch manner {
    case .syncNow: try await act("sync-now", on: id, body: nil)
    case .resync(let mode): try await act("resync", on: id, body: #"{"resync_mode":"\#(mode.rawValue)"}"#)
    }
  }

  func enable(_ id: String) async throws(CallFailure) { try await act("enable", on: id, body: nil) }

  /// - Parameter cancelsJobs: throws away what is staged and not loaded.
  func disable(_ id: String, cancelsJobs: Bool) async throws(CallFailure) {
    try await act("disable", on: id, body: #"{"cancel_active_jobs":\#(cancelsJobs)}"#)
  }

  /// Names a job, so a second call does what the first one did.
  func cancel(_ job: String, of id: String) async throws(CallFailure) {
    try await calls.send(HTTPCall(.post, path(id) + ["jobs", job, "actions", "cancel"], repetition: .harmless))
  }

  func setSchedule(of id: String, _ body: String) async throws(CallFailure) {
    try await calls.send(HTTPCall(.patch, path(id), body: body, repetition: .harmless))
  }

  private func act(_ word: String, on id: String, body: String?) async throws(CallFailure) {
    try await calls.send(HTTPCall(.post, path(id) + ["actions", word], body: body, repetition: .harmful))
  }

  private func path(_ id: String) -> [String] { ["api", "v1", "pipelines", id] }

  private func rows<Row: Decodable>(
    of path: [String], until isEnough: ([Row]) -> Bool = { _ in false }
  ) async throws(CallFailure) -> RowList<Row> {
    func call(from cursor: String?) -> HTTPCall {
      let size = HTTPCall.QueryItem("limit", String(HevoPage<Row>.size))
      return .get(path, query: [size] + (cursor.map { [HTTPCall.QueryItem("cursor", $0)] } ?? []))
    }
    var list = RowList<Row>()
    var seen: Set<String> = []
    var cursor: String?
    while true {
      let next = call(from: cursor)
      let page: HevoPage<Row> = try await calls.read(next)
      list.append(page.data)
      guard let following = page.next, !isEnough(list.rows) else { return list }
      guard seen.insert(following).inserted else {
        throw CallFailure(.garbled, "\(next) has no end: it leads to a page that was read before")
      }
      cursor = following
    }
  }
}
