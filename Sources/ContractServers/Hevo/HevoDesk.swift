import Foundation
import PipelineModel

/// Answers one request.
struct HevoDesk {
  var account: HevoAccount
  let request: ServedRequest
  let now: Timestamp
  private(set) var violations: [String] = []

  init(account: HevoAccount, request: ServedRequest, now: Timestamp) {
    self.account = account
    self.request = request
    self.now = now
  }

  mutating func violate(_ words: String) { violations.append(words) }

  mutating func answer() -> ServedAnswer {
    countCall()
    let credentials = Data("\(account.key):\(account.secret)".utf8).base64EncodedString()
    guard request.headers["authorization"] == "Basic " + credentials else {
      return .hevoError(401, "UNAUTHORIZED", "The credentials are not valid.")
    }
    checkBody()
    let path = request.path
    guard path.count >= 3, path.starts(with: ["api", "v1", "pipelines"]) else { return nothing() }
    if path.count == 3, request.method == "GET" { return listed(account.pipelines.map { shown($0) }) }
    guard path.count >= 4 else { return nothing() }
    guard let index = account.pipelines.firstIndex(where: { String($0.id) == path[3] }) else {
      return .hevoError(404, "NOT_FOUND", "Pipeline not found.")
    }
    switch (request.method, Array(path[4...])) {
    case ("GET", []): return ServedAnswer(200, shown(account.pipelines[index]))
    case ("PATCH", []): return update(index)
    case ("POST", ["actions", "sync-now"]): return syncNow(index)
    case ("POST", ["actions", "resync"]): return resync(index)
    case ("POST", ["actions", "disable"]): return disable(index)
    case ("POST", ["actions", "enable"]): return enable(index)
    case ("GET", ["jobs"]): return listed(visibleJobs(of: index).map { shown($0) })
    case ("GET", let rest) where rest.count == 2 && rest[0] == "jobs":
      return withJob(rest[1], of: index) { $0.shown($1, $2) }
    case ("GET", let rest) where rest.count == 3 && rest[0] == "jobs" && rest[2] == "objects":
      return withJob(rest[1], of: index) { $0.objects($1, $2) }
    case ("POST", let rest) where rest.count == 4 && rest[0] == "jobs" && rest[2...] == ["actions", "cancel"]:
      return withJob(rest[1], of: index) { $0.cancel($1, $2) }
    case _: return nothing()
    }
  }

  private mutating func nothing() -> ServedAnswer {
    violate("there is no such call")
    return .hevoError(404, "NOT_FOUND", "There is no such resource.")
  }

  /// The limit is that of Hevo's other interface: this one's is not told.
  private mutating func countCall() {
    account.calls = account.calls.filter { now - $0 < TimeSpan(seconds: 60) } + [now]
    if account.calls.count == 101 { violate("more than 100 calls within a minute") }
  }

  private mutating func checkBody() {
    if !request.body.isEmpty, request.headers["content-type"]?.hasPrefix("application/json") != true {
      violate("a body without `Content-Type: application/json`")
    }
    let takesBody = request.method == "PATCH" || ["resync", "disable"].contains(request.path.last ?? "")
    if !takesBody, !request.body.isEmpty { violate("a body where none is documented") }
  }

  private mutating func withJob(
    _ id: String, of index: Int, _ body: (inout HevoDesk, Int, Int) -> ServedAnswer
  ) -> ServedAnswer {
    let visible = Set(visibleJobs(of: index).map(\.id))
    guard visible.contains(id), let job = account.pipelines[index].jobs.firstIndex(where: { $0.id == id }) else {
      return .hevoError(404, "NOT_FOUND", "Job not found.")
    }
    return body(&self, index, job)
  }

  /// What brings nothing back.
  var quiet: ServedAnswer {
    account.habits.quietStatus == 204
      ? ServedAnswer(204, mediaType: "application/json", body: []) : ServedAnswer(account.habits.quietStatus, [:])
  }
}

extension ServedAnswer {
  static func hevoError(_ status: Int, _ word: String, _ message: String) -> ServedAnswer {
    ServedAnswer(status, ["error": .string(word), "message": .string(message)])
  }
}
