import ContractServers
import PipelineModel
import Testing

@testable import EngineHTTP

/// What happens on a real wire, and what is made of it.
@Suite struct WireTests {
  private func end(of call: HTTPCall, with fault: Fault?) async throws -> (
    Result<HTTPAnswer, CallFailure>, started: Int
  ) {
    let dialect = StitchContract(
      StitchAccount(sources: [StitchSourceState(id: 4711, name: "Shop")]), clock: ManualClock())
    let server = ContractServer(dialect)
    if let fault { server.faults.add(call.description, fault, times: 9) }
    let end = try await server.serve { address in
      let transport = PooledTransport()
      let base = try #require(BaseURL(address))
      let caller = HTTPCaller(
        base: base, transport: transport, pacing: StillTime(), credential: .bearer("stitch-token"),
        patience: CallPatience(attempts: 1))
      let end: Result<HTTPAnswer, CallFailure>
      do throws(CallFailure) { end = .success(try await caller.send(call)) } catch { end = .failure(error) }
      await transport.shutdown()
      return end
    }
    #expect(dialect.violations == [])
    return (end, dialect.source(4711)?.job == nil ? 0 : 1)
  }

  @Test func `an answer arrives whole, with the clock of the service`() async throws {
    let read = try await end(of: .read, with: nil).0.get()
    #expect(read.status == 200)
    #expect(read.mediaType == "application/json")
    #expect(read.date == ManualClock().now())
    let late = try await end(of: .start, with: .delay(TimeSpan(milliseconds: 50)))
    #expect(try late.0.get().status == 200)
  }

  @Test(arguments: [
    (Fault.dropBefore, CallFailure.Kind.interrupted, 0), (.dropAfter, .interrupted, 1), (.cutOff, .interrupted, 1),
    (.page, .garbled, 1), (.truncated, .garbled, 1), (.status(502, isDone: true), .failing, 1),
    (.status(500, isDone: false), .failing, 0),
    (.tooMany(retryAfter: TimeSpan(seconds: 9)), .throttled(TimeSpan(seconds: 9)), 0),
  ])
  func `what goes wrong is told apart`(fault: Fault, kind: CallFailure.Kind, started: Int) async throws {
    let (end, jobs) = try await end(of: .start, with: fault)
    guard case .failure(let failure) = end else { throw Unexpected() }
    #expect(failure.kind == kind, "\(failure.message)")
    #expect(jobs == started)
    #expect(jobs == 0 || failure.mayHaveBeenTaken)
  }

  @Test func `an answer that does not end is given up when its time is over`() async throws {
    var call = HTTPCall.start
    call.timeout = TimeSpan(milliseconds: 500)
    let (end, jobs) = try await end(of: call, with: .slowBody(TimeSpan(seconds: 1)))
    guard case .failure(let failure) = end else { throw Unexpected() }
    #expect(failure.kind == .interrupted, "\(failure.message)")
    #expect(jobs == 1)
  }

  @Test func `nobody there is told from somebody who does not answer`() async throws {
    let address = try await ContractServer(StitchContract(StitchAccount(), clock: ManualClock())).serve { $0 }
    let transport = PooledTransport()
    let base = try #require(BaseURL(address))
    let caller = HTTPCaller(
      base: base, transport: transport, pacing: StillTime(), credential: nil, patience: CallPatience(attempts: 2))
    let failure = await #expect(throws: CallFailure.self) { try await caller.send(.start) }
    #expect(failure?.kind == .unreachable, "\(String(describing: failure?.message))")
    await transport.shutdown()
  }

  private struct Unexpected: Error {}
}
