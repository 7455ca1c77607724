import ControlAPI
import ControlLoop
import Foundation
import Glibc
import Hummingbird
import PipelineModel

extension ControlServer {
  var router: Router<PeerContext> {
    let router = Router(context: PeerContext.self)
    router.add(middleware: OwnerOnly())
    router.get("/livez") { _, _ in Response(text: "ok\n") }
    router.get("/readyz") { request, _ in await readiness(isVerbose: request.asks(for: "verbose")) }
    router.get("/metrics") { _, _ in await metrics() }
    router.get("/v1/controller") { _, _ in try await greeting() }
    router.get("/v1/state") { _, _ in try await state() }
    router.get("/v1/events") { request, _ in try events(request) }
    router.post("/v1/goals") { request, _ in answerGoal(request) }
    router.post("/v1/turns") { request, _ in lendTurn(request) }
    return router
  }

  /// In the manner of Kubernetes: `ok`, or a line for each check.
  private func readiness(isVerbose: Bool) async -> Response {
    let status = await status.status()
    if status.isReady && !isVerbose { return Response(text: "ok\n") }
    let lines = status.checks.map { check in
      check.problem.map { "[-] \(check.name): \($0)" }
        ?? "[+] \(check.name): \(["ok", check.remark].compactMap(\.self).joined(separator: "; "))"
    }
    let verdict = status.isReady ? "ready" : "not ready"
    return Response(
      text: (lines + [verdict]).joined(separator: "\n") + "\n", status: status.isReady ? .ok : .serviceUnavailable)
  }

  private func metrics() async -> Response {
    let page = MetricsPage(
      version: version, known: telemetry.known, status: await status.status(), process: ProcessFigures(),
      waiting: await turns.length,
      now: telemetry.now())
    return Response(text: page.text, type: "text/plain; version=0.0.4; charset=utf-8")
  }

  private func greeting() async throws -> Response {
    let status = await status.status()
    return Response(
      document: try json(
        ControllerGreeting(
          version: version, pid: getpid(), startedAt: status.startedAt, maxConcurrentRuns: maxConcurrentRuns,
          unfollowed: status.source.flatMap(ControllerGreeting.Unfollowed.init))))
  }

  private func state() async throws -> Response {
    let controller = try json(ControllerView(await status.status(), version: version))
    let pipelines = try await pipelines()
    return Response(
      document: #"{"apiVersion":"pipectl.dev/v1","kind":"State","controller":\#(controller),"pipelines":\#(pipelines)}"#
    )
  }

  private func events(_ request: Request) throws -> Response {
    let query = request.uri.queryParameters
    let page = EventPage(
      items: telemetry.events(
        after: query["after"].flatMap { Int($0) } ?? 0, of: query["pipeline"].map { PipelineName(String($0)) },
        limit: min(max(query["limit"].flatMap { Int($0) } ?? 100, 1), EventLog.capacity)
      ).map(EventView.init))
    return Response(document: try json(page))
  }
}

func json(_ value: some Encodable) throws -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  return String(decoding: try encoder.encode(value), as: UTF8.self)
}

extension Request {
  /// A flag of the query: `?verbose` and `?verbose=true`.
  fileprivate func asks(for flag: String) -> Bool {
    let words = (uri.query ?? "").split(separator: "&")
    return words.contains { $0 == flag || $0 == "\(flag)=true" || $0 == "\(flag)=1" || $0 == "\(flag)=" }
  }
}

extension ControllerGreeting.Unfollowed {
  /// Nil where they are followed.
  fileprivate init?(_ source: ControllerStatus.Source) {
    guard let condition = source.conditions.first(where: { $0.status == "False" }) else { return nil }
    self.init(
      sets: source.sets, reason: condition.reason, message: condition.message, since: condition.since)
  }
}
