import PipelineModel

/// Answers one request.
struct MigratorDesk {
  var instance: MigratorInstance
  let request: ServedRequest
  let now: Timestamp
  private(set) var violations: [String] = []

  init(instance: MigratorInstance, request: ServedRequest, now: Timestamp) {
    self.instance = instance
    self.request = request
    self.now = now
  }

  mutating func violate(_ words: String) { violations.append(words) }

  mutating func answer() -> ServedAnswer {
    let path = request.path
    guard path.starts(with: ["api", "v1"]) else { return .webPage }
    if request.headers["authorization"] != nil { violate("credentials, which nobody asks for") }
    switch (request.method, Array(path.dropFirst(2))) {
    case ("GET", ["project"]): return projects()
    case ("GET", ["jobs"]): return list()
    case ("POST", ["jobs"]): return create()
    case ("GET", let rest) where rest.count == 2 && rest[0] == "jobs": return withJob(rest[1]) { _, _ in }
    case ("POST", let rest) where rest.count == 3 && rest[0] == "jobs" && rest[2] == "stop":
      if !request.body.isEmpty { violate("stopping takes no body") }
      return withJob(rest[1]) { desk, index in desk.stop(index) }
    case _:
      violate("there is no such call")
      // What is not a call is a path of the web application.
      return .webPage
    }
  }

  private mutating func projects() -> ServedAnswer {
    checkQuery(["sort"])
    return ServedAnswer(
      200,
      .array(
        instance.projects.map { ["id": .string($0.id), "name": .string($0.name), "type": "POSTGRESQL"] }))
  }

  private mutating func list() -> ServedAnswer {
    checkQuery(["sort", "limit", "type", "projectId"])
    if let sort = request.query["sort"], sort.wholeMatch(of: /\w+,(DESC|ASC)/) == nil { violate("`sort` is \(sort)") }
    var jobs = instance.jobs
    switch request.query["type"] {
    case nil: break
    case "IN_PROGRESS": jobs.removeAll { !$0.isUnderWay }
    case let type?: violate("`type` is \(type)")
    }
    if let project = request.query["projectId"] { jobs.removeAll { $0.projectID != project } }
    if request.query["sort"]?.hasSuffix("ASC") != true { jobs.reverse() }
    if let limit = request.query["limit"].flatMap({ Int($0) }) { jobs = Array(jobs.prefix(limit)) }
    if instance.habits.listsNothing { jobs = [] }
    if instance.habits.shufflesLists { jobs.sort { String($0.id.reversed()) < String($1.id.reversed()) } }
    return ServedAnswer(200, .array(jobs.map { $0.json(at: now, instance.habits) }))
  }

  private mutating func checkQuery(_ known: Set<String>) {
    for key in request.query.keys.sorted() where !known.contains(key) { violate("`\(key)` in the query") }
  }

  private mutating func withJob(_ id: String, _ body: (inout MigratorDesk, Int) -> Void) -> ServedAnswer {
    guard let index = instance.jobs.firstIndex(where: { $0.id == id }) else {
      if instance.habits.answersUnknownJobs { return ServedAnswer(200, mediaType: "application/json", body: []) }
      return .trouble(404, "Job \(id) not found", at: now)
    }
    body(&self, index)
    return ServedAnswer(200, instance.jobs[index].json(at: now, instance.habits))
  }

  private mutating func stop(_ index: Int) {
    if !instance.habits.ignoresStops { instance.jobs[index].stop(at: now, taking: instance.habits.stopTakes) }
  }
}

extension ServedAnswer {
  /// An error in the shape that is published.
  static func trouble(_ status: Int, _ message: String, at now: Timestamp) -> ServedAnswer {
    ServedAnswer(status, ["message": .string(message), "timestamp": .string(now.description)])
  }

  /// Paths that are no calls lead to the web application, with 200.
  static let webPage = ServedAnswer(
    200, mediaType: "text/html", body: Array("<!doctype html><title>Relational Migrator</title>".utf8))
}
