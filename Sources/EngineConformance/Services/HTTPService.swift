import ContractServers
import EngineHTTP
import PipelineModel

/// A service that listens on this machine as long as a trial runs, and how it is called.
public struct HTTPService: Sendable {
  let dialect: ScriptedDialect
  let time: VirtualTime
  let caller: HTTPCaller

  /// - Parameter body: its violations are the trial's to look at.
  static func serve<Result: Sendable>(
    _ dialect: ScriptedDialect, time: VirtualTime, credential: Credential?,
    while body: @Sendable @escaping (HTTPService) async throws -> Result
  ) async throws -> Result {
    try await ContractServer(dialect).serve { address in
      guard let base = BaseURL(address) else { throw TrialError("\(address) is no address") }
      let transport = PooledTransport()
      let caller = HTTPCaller(base: base, transport: transport, pacing: time, credential: credential)
      let service = HTTPService(dialect: dialect, time: time, caller: caller)
      let end: Swift.Result<Result, any Error>
      do { end = .success(try await body(service)) } catch { end = .failure(error) }
      await transport.shutdown()
      return try end.get()
    }
  }
}
