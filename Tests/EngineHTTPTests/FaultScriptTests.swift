import ContractServers
import PipelineModel
import Testing

@testable import EngineHTTP

/// The faults of the stand-ins for services, each as a person writes it.
@Suite struct FaultScriptTests {
  /// The fault, what a start comes to that meets it, and how many jobs have begun then.
  struct Case: Sendable, CustomTestStringConvertible {
    var rule: String
    var kind: CallFailure.Kind?
    var jobs: Int
    var words = ""

    var testDescription: String { rule }
  }

  private static let cases = [
    Case(rule: "delay:20", kind: nil, jobs: 1, words: "job_name"),
    Case(rule: "drop-before", kind: .interrupted, jobs: 0),
    Case(rule: "drop-after", kind: .interrupted, jobs: 1),
    Case(rule: "duplicate", kind: nil, jobs: 1, words: "already_running"),
    Case(rule: "too-many", kind: .throttled(nil), jobs: 0),
    Case(rule: "too-many:9", kind: .throttled(TimeSpan(seconds: 9)), jobs: 0, words: "9 s"),
    Case(rule: "status:503", kind: .failing, jobs: 0, words: "503"),
    Case(rule: "status:404", kind: .refused, jobs: 0, words: "404"),
    Case(rule: "status-after:502", kind: .failing, jobs: 1, words: "502"),
    Case(rule: "echo:400", kind: .refused, jobs: 0, words: "400"),
    Case(rule: "page", kind: .garbled, jobs: 1, words: "a page (text/html)"),
    Case(rule: "truncated", kind: .garbled, jobs: 1, words: "not JSON, or not all of it"),
    Case(rule: "cut-off", kind: .interrupted, jobs: 1),
    Case(rule: "slow-body:20", kind: nil, jobs: 1, words: "job_name"),
  ]

  @Test(arguments: cases)
  func `a fault happens to the call that it is written for, once, and not to the next`(fault: Case) async throws {
    let dialect = StitchContract(
      StitchAccount(sources: [StitchSourceState(id: 4711, name: "Shop")]), clock: ManualClock())
    let server = ContractServer(dialect)
    #expect(server.faults.add(rule: "POST /v4/sources/*/sync=\(fault.rule)"))
    let ends = try await server.serve { address in
      let transport = PooledTransport()
      let caller = HTTPCaller(
        base: try #require(BaseURL(address)), transport: transport, pacing: StillTime(),
        credential: .bearer("stitch-token"), patience: CallPatience(attempts: 1))
      var ends: [Result<HTTPAnswer, CallFailure>] = []
      for call in [HTTPCall.read, .start, .start] {
        do throws(CallFailure) { ends.append(.success(try await caller.send(call))) } catch {
          ends.append(.failure(error))
        }
        if ends.count == 2 { #expect((dialect.source(4711)?.job == nil ? 0 : 1) == fault.jobs) }
      }
      await transport.shutdown()
      return ends
    }
    #expect(try ends[0].get().status == 200, "another call is not met")
    switch (ends[1], fault.kind) {
    case (.success(let answer), nil): #expect(String(decoding: answer.body, as: UTF8.self).contains(fault.words))
    case (.failure(let failure), let kind?):
      #expect(failure.kind == kind && failure.message.contains(fault.words), "\(failure.message)")
    case (.success, .some), (.failure, nil): Issue.record("\(ends[1])")
    }
    #expect(try ends[2].get().status == 200, "it happens once")
    #expect(dialect.violations == [])
  }

  @Test func `every form that the help names is a fault, and what is none is refused`() {
    let words = Set(Self.cases.map { $0.rule.split(separator: ":")[0] })
    #expect(words.allSatisfy { Fault.forms.contains($0) })
    #expect(Fault.forms.split(separator: ",").count == words.count)
    for text in ["", "drop", "delay", "page:5", "status:", "too-many:x"] {
      #expect(Fault(text: text) == nil, "\(text)")
    }
    let script = FaultScript()
    for rule in ["GET /v4/sources", "GET /v4/sources=page x", "GET /v4/sources=page x0", "=drop page"] {
      #expect(!script.add(rule: rule), "\(rule)")
    }
    #expect(script.add(rule: "GET /v4/sources=page x3"))
  }
}
