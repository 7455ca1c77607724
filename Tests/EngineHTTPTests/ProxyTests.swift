import ContractServers
import PipelineModel
import Testing

@testable import EngineHTTP

/// Which proxy the environment asks for.
@Suite struct ProxyTests {
  private func choice(_ url: String, _ environment: [String: String]) throws -> ProxyChoice {
    try ProxyChoice(for: #require(BaseURL(url)), environment: environment)
  }

  @Test func `a call goes through the proxy of its scheme`() throws {
    let environment = ["https_proxy": "http://proxy:3128", "HTTP_PROXY": "other"]
    #expect(
      try choice("https://api.example.com", environment) == .through(host: "proxy", port: 3128, authorization: nil))
    #expect(try choice("http://api.example.com", environment) == .through(host: "other", port: 80, authorization: nil))
    #expect(
      try choice("https://api.example.com", ["ALL_PROXY": "http://a:1"])
        == .through(host: "a", port: 1, authorization: nil))
    #expect(try choice("https://api.example.com", [:]) == .direct)
  }

  @Test func `a proxy's user and password are taken from its address`() throws {
    #expect(
      try choice("https://api.example.com", ["HTTPS_PROXY": "http://me:word@proxy:3128"])
        == .through(host: "proxy", port: 3128, authorization: .basic(user: "me", password: "word")))
  }

  @Test func `this machine, and what no_proxy names, is reached directly`() throws {
    for url in ["http://127.0.0.1:8811", "http://localhost", "http://[::1]:9"] {
      #expect(try choice(url, ["http_proxy": "http://proxy:1"]) == .direct)
    }
    for url in ["http://127.0.0.1.example.com", "http://127.example.com", "http://localhost.example.com"] {
      #expect(try choice(url, ["http_proxy": "http://proxy:1"]) != .direct)
    }
    for list in ["*", "example.com", ".example.com", "a.b, api.example.com", "*.example.com", "api.example.com:443"] {
      #expect(try choice("https://api.example.com", ["https_proxy": "http://p:1", "no_proxy": list]) == .direct)
    }
    for list in ["ple.com", "example.com:8443", "api.example.com.org"] {
      #expect(try choice("https://api.example.com", ["https_proxy": "http://p:1", "no_proxy": list]) != .direct)
    }
  }

  @Test func `a variable that names no proxy is told by its name alone`() throws {
    let error = #expect(throws: ProxyError.self) {
      try choice("https://api.example.com", ["https_proxy": "socks5://me:CANARY@proxy"])
    }
    #expect(error?.description.contains("`https_proxy`") == true)
    #expect(error?.description.contains("CANARY") == false)
  }

  @Test func `an address is http or https and holds no password`() {
    #expect(BaseURL("https://api.example.com/")?.text == "https://api.example.com")
    #expect(BaseURL("http://localhost:91")?.port == 91)
    for text in ["api.example.com", "ftp://a", "https://me:word@a", "https://a?x=1", ""] {
      #expect(BaseURL(text) == nil)
    }
  }

  /// What a call comes to that is made as the environment says; the environment is told where the proxy is.
  private func call(
    _ url: String, through proxy: ConnectProxy, _ environment: @escaping @Sendable (String) -> [String: String]
  ) async throws -> Result<HTTPAnswer, CallFailure> {
    try await proxy.serve { port in
      let base = try #require(BaseURL(url))
      let environment = environment("http://me:word@127.0.0.1:\(port)")
      let transport = PooledTransport(proxy: try ProxyChoice(for: base, environment: environment))
      let time = StillTime()
      let caller = HTTPCaller(base: base, transport: transport, pacing: time, credential: .bearer("stitch-token"))
      let end: Result<HTTPAnswer, CallFailure>
      do throws(CallFailure) { end = .success(try await caller.send(.stop)) } catch { end = .failure(error) }
      await transport.shutdown()
      #expect(time.pauses == [])
      return end
    }
  }

  @Test func `a call goes through the proxy that the environment names, and says who it is`() async throws {
    let dialect = StitchContract(
      StitchAccount(sources: [StitchSourceState(id: 4711, name: "Shop")]), clock: ManualClock())
    let server = ContractServer(dialect)
    try await server.serve { address in
      let proxy = ConnectProxy(to: BaseURL(address)?.port)
      let end = try await call("http://stitch.invalid", through: proxy) { ["http_proxy": $0] }
      #expect(try end.get().status == 200)
      #expect(proxy.asked == ["CONNECT stitch.invalid:80 HTTP/1.1"])
      #expect(proxy.credentials == ["proxy-authorization: Basic bWU6d29yZA=="])
      #expect(server.calls.lines == ["DELETE /v4/sources/4711/sync"])
    }
    #expect(dialect.violations == [])
  }

  @Test func `a call to what no_proxy names does not go through it`() async throws {
    let proxy = ConnectProxy(to: nil)
    let end = try await call("http://stitch.invalid", through: proxy) {
      ["http_proxy": $0, "no_proxy": "stitch.invalid"]
    }
    guard case .failure(let failure) = end else { throw Unexpected() }
    #expect(failure.kind == .unreachable, "\(failure.message)")
    #expect(proxy.asked == [])
  }

  @Test func `a proxy that does not connect is told of, without its password, and nothing is sent`() async throws {
    let proxy = ConnectProxy(to: nil)
    let end = try await call("https://stitch.invalid", through: proxy) { ["https_proxy": $0] }
    guard case .failure(let failure) = end else { throw Unexpected() }
    #expect(
      failure.kind == .unreachable && failure.message.contains("the proxy does not connect"), "\(failure.message)")
    #expect(proxy.asked == ["CONNECT stitch.invalid:443 HTTP/1.1"])
    #expect(!failure.message.contains("word"))
  }

  private struct Unexpected: Error {}
}
