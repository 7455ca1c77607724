import EngineAPI
import PipelineModel
import Synchronization
import Testing

@testable import EngineHTTP

/// What is sent again, and what a failure says.
@Suite struct CallTests {
  private let time = StillTime()

  private func caller(_ transport: ScriptedTransport, _ trace: CallTrace? = nil) throws -> HTTPCaller {
    let base = try #require(BaseURL("https://api.example.com/"))
    return HTTPCaller(
      base: base, transport: transport, pacing: time, credential: .bearer("CANARY-token"), trace: trace)
  }

  private func failure(_ call: HTTPCall, _ script: [Result<HTTPAnswer, TransportError>]) async throws -> (
    CallFailure, Int
  ) {
    let transport = ScriptedTransport(script)
    let error = await #expect(throws: CallFailure.self) { try await caller(transport).send(call) }
    return (try #require(error), transport.sent.count)
  }

  @Test func `a read that meets a broken service is sent again, later each time`() async throws {
    let transport = ScriptedTransport([.success(answer(502)), .success(answer(503)), .success(answer(200, "[1]"))])
    let read = try await caller(transport).send(.read)
    #expect(read.body == Array("[1]".utf8))
    #expect(time.pauses.map(\.milliseconds) == [500, 1000])
    #expect(transport.sent.map(\.url).allSatisfy { $0 == "https://api.example.com/v4/sources" })
  }

  @Test func `a start that may have been taken is not sent again`() async throws {
    for end: Result<HTTPAnswer, TransportError> in [
      .success(answer(500)), .success(answer(200, "<html>", mediaType: "text/html")), .success(answer(200, #"{"job"#)),
      .failure(TransportError(.afterSending, "gone")), .success(answer(302)), .success(answer(408)),
    ] {
      let (failure, sent) = try await failure(.start, [end, .success(answer(200))])
      #expect(sent == 1)
      #expect(failure.mayHaveBeenTaken)
      #expect(EngineError(failure).retryability == .uncertain)
    }
  }

  @Test func `a start that was certainly not taken is sent again`() async throws {
    let transport = ScriptedTransport([
      .failure(TransportError(.beforeSending, "refused")), .success(answer(429)), .success(answer(200)),
    ])
    _ = try await caller(transport).send(.start)
    #expect(transport.sent.count == 3)
  }

  @Test func `what is right only after a look is never sent again, also where it was certainly not taken`() async throws
  {
    for end: Result<HTTPAnswer, TransportError> in [
      .failure(TransportError(.beforeSending, "refused")), .success(answer(429)),
      .failure(TransportError(.afterSending, "gone")), .success(answer(503)), .success(answer(200, "<html>")),
    ] {
      let (failure, sent) = try await failure(.stop, [end, .success(answer(200))])
      #expect(sent == 1, "\(failure)")
    }
    #expect(time.pauses == [])
  }

  @Test func `a service that wants to be left alone is left alone for so long`() async throws {
    var tooMany = answer(429)
    tooMany.retryAfter = .span(TimeSpan(seconds: 7))
    let transport = ScriptedTransport([.success(tooMany), .success(answer(200))])
    _ = try await caller(transport).send(.start)
    #expect(time.pauses.map(\.milliseconds) == [7500])
  }

  @Test func `a wait that is too long for a call is left to the caller`() async throws {
    var tooMany = answer(429)
    tooMany.date = Timestamp(seconds: 1000)
    tooMany.retryAfter = .instant(Timestamp(seconds: 1300))
    let (failure, sent) = try await failure(.read, [.success(tooMany), .success(answer(200))])
    #expect(sent == 1)
    #expect(failure.kind == .throttled(TimeSpan(seconds: 300)))
    #expect(!failure.mayHaveBeenTaken)
  }

  @Test func `a refusal is final, and refused credentials do nothing`() async throws {
    let (refused, once) = try await failure(.read, [.success(answer(400, #"{"error":"InvalidId"}"#))])
    #expect(once == 1)
    #expect(EngineError(refused).code == .refused)
    #expect(refused.message.contains("InvalidId"))
    let (unauthorized, _) = try await failure(.start, [.success(answer(401))])
    #expect(EngineError(unauthorized).retryability == .retryable)
    #expect(unauthorized.message.contains("credentials"))
  }

  @Test func `patience has an end`() async throws {
    let (failure, sent) = try await failure(.read, Array(repeating: .success(answer(503)), count: 9))
    #expect(sent == 4)
    #expect(failure.kind == .failing)
  }

  @Test func `an answer of another shape is named by its place`() async throws {
    struct Row: Decodable { var id: Int }
    let failure = #expect(throws: CallFailure.self) {
      try answer(200, #"[{"id":1},{"id":"CANARY"}]"#).decoded([Row].self, of: .read)
    }
    #expect(failure?.message == "the answer to GET /v4/sources cannot be read: `[1].id` is no Int")
  }

  @Test func `words that are not known yet stay what they are`() throws {
    enum Status: String { case running }
    let words = try answer(200, #"["running","resting"]"#).decoded([OpenEnum<Status>].self, of: .read)
    #expect(words == [.known(.running), .unknown("resting")])
  }

  @Test func `segments and values stay one, whatever they hold`() {
    let call = HTTPCall.get(["v4", "a/b c", "ü"], query: [.init("page", "1&x=2")])
    #expect(call.description == "GET /v4/a%2Fb%20c/%C3%BC?page=1%26x%3D2")
  }

  @Test func `a credential has no textual form, wherever it goes`() async throws {
    let notes = Notes()
    let echo =
      #"{"error":"bad token CANARY-token","password":"CANARY-2","properties":{"api_key":"CANARY-3","name":"Shop"}}"#
    let transport = ScriptedTransport([
      .failure(TransportError(.beforeSending, "no way to CANARY-token")), .success(answer(400, echo)),
    ])
    var call = HTTPCall.start
    call.body = #"{"properties":{"password":"CANARY-4","frequency_in_minutes":"60"}}"#
    let failure = await #expect(throws: CallFailure.self) { try await caller(transport, notes.trace).send(call) }
    #expect(transport.sent.last?.authorization == "Bearer CANARY-token")
    #expect(!notes.text.contains("CANARY"), "\(notes.text)")
    #expect(notes.text.contains("frequency_in_minutes") && notes.text.contains("Shop"))
    #expect(failure?.message.contains("CANARY-token") == false)
    let credential = Credential.basic(user: "key", password: "CANARY-5")
    var dumped = ""
    dump([credential], to: &dumped)
    #expect(!"\(credential) \(String(reflecting: credential)) \(dumped)".contains("CANARY"))
  }

  @Test func `a secret across the place where an error is cut is not shown in part`() async throws {
    let base = try #require(BaseURL("https://api.example.com"))
    for length in stride(from: 250, to: 310, by: 3) {
      for secret in ["CANARY-token", "mongodb:\\/\\/shop:CANARY@two@cluster.example.com"] {
        let body = #"{"message":"\#(String(repeating: "x", count: length))\#(secret) is wrong"}"#
        let caller = HTTPCaller(
          base: base, transport: ScriptedTransport([.success(answer(400, body))]), pacing: time,
          credential: .bearer("CANARY-token"))
        let failure = await #expect(throws: CallFailure.self) { try await caller.send(.start) }
        #expect(failure?.message.contains("xxx") == true)
        #expect(failure?.message.contains("CAN") == false, "\(String(describing: failure))")
      }
    }
  }

  @Test func `what was sent is not shown in whatever spelling an answer repeats it, nor is a user's key`() async throws
  {
    let base = try #require(BaseURL("https://api.example.com"))
    var call = HTTPCall.start
    call.hidden = [
      HiddenText(#"CANARY/"one\two"#), HiddenText("mongodb+srv://shop:CANARY%2Fthree@cluster.example.com/shop"),
    ]
    let echoes = [
      #"{"message":"no CANARY\/\"one\\two"}"#, #"{"message":"no CANARY\u002F\u0022one\u005ctwo"}"#,
      "no CANARY%2f%22one%5Ctwo", "no CANARY/three here", "no CANARY%2Fthree here", "key CANARY-key",
      "jdbc:sqlserver://db;user=a;sslpassword=CANARY;x=1", "jdbc:oracle:thin:scott/CANARY@//db/shop",
      "jdbc:mysql://db/shop?passwd=CANARY", "jdbc:mysql://db/shop?x=1&pwd=CANARY", "https://me:CANARY@x@host/",
    ]
    for echo in echoes {
      let notes = Notes()
      let caller = HTTPCaller(
        base: base, transport: ScriptedTransport([.success(answer(400, echo, mediaType: "text/plain"))]), pacing: time,
        credential: .basic(user: "CANARY-key", password: "secret"), trace: notes.trace)
      let failure = await #expect(throws: CallFailure.self) { try await caller.send(call) }
      let shown = notes.text + (failure?.message ?? "")
      #expect(shown.contains("***") && !shown.contains("CANARY"), "\(shown)")
    }
  }

  @Test func `a credential is read for every call, and where it cannot be nothing is sent`() async throws {
    let base = try #require(BaseURL("https://api.example.com"))
    let words = Mutex(["one", "two"])
    let transport = ScriptedTransport([.success(answer(200)), .success(answer(200))])
    let caller = HTTPCaller(
      base: base, transport: transport, pacing: time,
      credentials: { () throws(EngineError) in
        let word = words.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        guard let word else { throw EngineError(.unavailable, "`TOKEN` is not set", .retryable) }
        return .bearer(word)
      })
    for _ in 1...2 { _ = try await caller.send(.read) }
    let failure = await #expect(throws: CallFailure.self) { try await caller.send(.start) }
    #expect(transport.sent.map(\.authorization) == ["Bearer one", "Bearer two"])
    #expect(failure?.message == "`TOKEN` is not set")
    #expect(failure?.mayHaveBeenTaken == false)
  }
}
