import PipelineModel

/// Answers one request.
struct StitchDesk {
  var account: StitchAccount
  let request: ServedRequest
  let now: Timestamp
  private(set) var violations: [String] = []

  init(account: StitchAccount, request: ServedRequest, now: Timestamp) {
    self.account = account
    self.request = request
    self.now = now
  }

  mutating func violate(_ words: String) { violations.append(words) }

  mutating func answer() -> ServedAnswer {
    guard request.headers["authorization"] == "Bearer " + account.token else {
      return ServedAnswer(401, ["error": "Unauthorized"])
    }
    checkContentType()
    let path = request.path
    switch (request.method, path.count) {
    case ("GET", 2) where path == ["v4", "sources"]:
      return ServedAnswer(200, .array(account.sources.map { $0.json(account) }))
    case ("GET", 3) where path.starts(with: ["v4", "sources"]): return withSource { $0.shown($1) }
    case ("PUT", 3) where path.starts(with: ["v4", "sources"]): return withSource { $0.update($1) }
    case ("DELETE", 3) where path.starts(with: ["v4", "sources"]): return withSource { $0.delete($1) }
    case ("POST", 4) where path.starts(with: ["v4", "sources"]) && path[3] == "sync": return start()
    case ("DELETE", 4) where path.starts(with: ["v4", "sources"]) && path[3] == "sync": return stop()
    case ("GET", 4) where path.starts(with: ["v4", "sources"]) && path[3] == "streams":
      return withSource { $0.streams($1) }
    case ("GET", 5) where path.starts(with: ["v4", "sources"]) && path[3] == "streams":
      return withSource { $0.stream($1) }
    case ("PUT", 5) where path.starts(with: ["v4", "sources"]) && path[3...] == ["streams", "metadata"]:
      return withSource { $0.select($1) }
    case ("GET", 3) where path[0] == "v4" && path[1] == String(account.clientID) && path[2] == "extractions":
      return listed(extractions)
    case ("GET", 3) where path[0] == "v4" && path[1] == String(account.clientID) && path[2] == "loads":
      return listed(loads)
    case _:
      violate("there is no such call")
      return ServedAnswer(404, ["error": "NotFound"])
    }
  }

  private mutating func checkContentType() {
    if !request.body.isEmpty, request.headers["content-type"]?.hasPrefix("application/json") != true {
      violate("a body without `Content-Type: application/json`")
    }
    if request.method == "GET" || request.method == "DELETE", !request.body.isEmpty {
      violate("a body where none is documented")
    }
  }

  var sourceIndex: Int? {
    account.sources.firstIndex { String($0.id) == request.path[2] }
  }

  private mutating func withSource(_ body: (inout StitchDesk, Int) -> ServedAnswer) -> ServedAnswer {
    guard let index = sourceIndex else {
      return .refused("InvalidId", "There is no source with this id.")
    }
    return body(&self, index)
  }

  func shown(_ index: Int) -> ServedAnswer { ServedAnswer(200, account.sources[index].json(account)) }

  mutating func delete(_ index: Int) -> ServedAnswer {
    account.sources[index].deletedAt = now
    return shown(index)
  }
}

extension ServedAnswer {
  /// The shape of errors of sources.
  static func refused(_ word: String, _ message: String) -> ServedAnswer {
    ServedAnswer(400, ["error": .string(word), "data": ["message": .string(message)]])
  }

  /// The shape of errors of jobs; some of them come with 200.
  static func jobError(_ status: Int, _ type: String, _ message: String) -> ServedAnswer {
    ServedAnswer(status, ["error": ["type": .string(type), "message": .string(message)]])
  }
}
