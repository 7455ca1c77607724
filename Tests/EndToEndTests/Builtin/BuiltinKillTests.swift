import Foundation
import Glibc
import Testing

/// The built-in csv → sqlite, cut off in every way at every stage: nothing is doubled, nothing is missing.
@Suite(.serialized)
struct BuiltinKillTests {
  /// Parts of the time that an undisturbed apply takes.
  static let parts = 16

  @Test func `an apply that was killed at any moment is finished by the next, with nothing doubled`() async throws {
    let began = ContinuousClock.now
    let undisturbed = try Numbers(rows: 60, delay: 2)
    let end = try await undisturbed.bench.pipectl("apply", "-f", undisturbed.manifest)
    try #require(end.code == 0, "\(end)")
    let whole = ContinuousClock.now - began
    for part in 0..<Self.parts {
      let numbers = try Numbers(rows: 60, delay: 2)
      let apply = try numbers.bench.launch(["apply", "-f", numbers.manifest])
      try await Task.sleep(for: whole * part / Self.parts)  // poll: the moment of the kill is what varies here
      apply.kill()
      _ = try await apply.end()
      try await expectFinished(numbers, "killed after \(part)/\(Self.parts) of \(whole)")
    }
  }

  /// The next apply works at once; one run, one request, all rows, and then nothing to do.
  private func expectFinished(_ numbers: Numbers, _ moment: String) async throws {
    // The apply waits for the run that the killed one had started; the others only look.
    for command in [["apply", "-f", numbers.manifest], ["wait", "numbers"], ["apply", "-f", numbers.manifest]] {
      let end = try await numbers.bench.launch(command).end()
      #expect(end.code == 0, "\(moment): \(end)")
    }
    let plan = try await numbers.bench.pipectl("plan", "-f", numbers.manifest, "--detailed-exitcode")
    #expect(plan.code == 0, "\(moment): \(plan)")
    let runs = try await numbers.runs()
    #expect(runs.map(\.status.outcome) == ["succeeded"], "\(moment)")
    #expect(runs.map(\.spec.trigger.request) == ["first-load"], "\(moment)")
    #expect(try numbers.arrived() == Array(1...numbers.rows), "\(moment)")
    try await expectNothingLeft(numbers.bench)
  }

  @Test(arguments: [Moment.discovering, .tapStarted, .confirmed(states: 1), .confirmed(states: 8), .loading])
  func `a run whose supervisor was killed is lost, and the next start goes on`(moment: Moment) async throws {
    let numbers = try Numbers(rows: 150)
    let apply = try numbers.bench.launch(["apply", "-f", numbers.manifest])
    try await numbers.reached(moment)
    let supervisor = try #require(numbers.bench.journal(of: "numbers")?.supervisor)
    kill(supervisor, SIGKILL)
    let end = try await apply.end()
    try await expectContinuation(numbers, after: end, outcomes: ["lost", "succeeded"])
  }

  @Test(arguments: ["tap", "target"], [Moment.tapStarted, .confirmed(states: 1), .confirmed(states: 8)])
  func `a run whose connector was killed fails, and the next start goes on`(role: String, moment: Moment) async throws {
    let numbers = try Numbers(rows: 150)
    let apply = try numbers.bench.launch(["apply", "-f", numbers.manifest])
    try await numbers.reached(moment)
    let connector = try #require(numbers.bench.journal(of: "numbers")?.child(role))
    kill(connector, SIGKILL)
    let end = try await apply.end()
    try await expectContinuation(numbers, after: end, outcomes: ["failed", "succeeded"])
  }

  /// Where the kill came after the end, the first run has simply succeeded.
  private func expectContinuation(_ numbers: Numbers, after end: Program.End, outcomes: [String]) async throws {
    let bookmark = try await numbers.bookmark()
    let arrived = try numbers.arrived()
    #expect(
      arrived.count >= bookmark && arrived.starts(with: 1..<(bookmark + 1)), "everything up to the state is there")
    let cut = try await numbers.runs().map(\.status.outcome)
    #expect(cut == [outcomes[0]] && end.code == 1 || cut == ["succeeded"] && end.code == 0, "\(cut): \(end)")
    let again = try await numbers.bench.pipectl("apply", "-f", numbers.manifest)
    #expect(again.code == 0, "a request is acted on once, also when its run failed: \(again)")
    let next = try await numbers.bench.pipectl("start", "numbers")
    #expect(next.code == 0, "\(next)")
    try await expectContinued(numbers, from: bookmark)
  }

  @Test(arguments: ["supervisor", "tap", "target"])
  func `a run with attempts left recovers by itself from a kill`(role: String) async throws {
    let numbers = try Numbers(rows: 150, delay: 40, retry: "{attempts: 3, backoff: 100ms}")
    let apply = try numbers.bench.launch(["apply", "-f", numbers.manifest])
    try await numbers.reached(.confirmed(states: 3))
    let journal = try #require(numbers.bench.journal(of: "numbers"))
    let victim = try #require(role == "supervisor" ? journal.supervisor : journal.child(role))
    try #require(!journal.hasEnded)
    kill(victim, SIGKILL)
    let end = try await apply.end()
    #expect(end.code == 0, "\(end)")
    let runs = try await numbers.runs()
    #expect(runs.map(\.status.outcome) == ["succeeded"])
    #expect(runs.first.map { $0.status.attempt > 1 } == true, "the same run, tried again")
    #expect(try numbers.arrived() == Array(1...numbers.rows))
    try await expectNothingLeft(numbers.bench)
  }

  @Test(arguments: [
    Moment.begun, .discovering, .targetStarted, .tapStarted, .confirmed(states: 1), .confirmed(states: 5), .loading,
  ])
  func `a run cancelled at any moment keeps its last confirmed state, and the next goes on from there`(
    moment: Moment
  ) async throws {
    let numbers = try Numbers(rows: 150)
    let apply = try await numbers.bench.pipectl("apply", "-f", numbers.manifest, "--no-wait")
    try #require(apply.code == 0, "\(apply)")
    try await numbers.reached(moment)
    let stop = try await numbers.bench.pipectl("stop", "numbers", "--yes")
    #expect(stop.code == 0, "\(stop)")
    let bookmark = try await numbers.bookmark()
    let confirmed = try numbers.bench.journal(of: "numbers")?.states.last.map(Numbers.bookmark) ?? 0
    #expect(bookmark == confirmed, "what the target confirmed last is the pipeline's state")
    #expect(try numbers.arrived().count >= bookmark)
    let outcome = try await numbers.runs().map(\.status.outcome)
    #expect(outcome == ["cancelled"] || outcome == ["succeeded"] && bookmark == numbers.rows)
    let next = try await numbers.bench.pipectl("start", "numbers")
    #expect(next.code == 0, "\(next)")
    try await expectContinued(numbers, from: bookmark)
  }

  /// The second run took up where the first was confirmed, and nothing is missing.
  private func expectContinued(_ numbers: Numbers, from bookmark: Int) async throws {
    let runs = try await numbers.runs()
    #expect(runs.count == 2)
    #expect(runs.last?.status.outcome == "succeeded")
    // The row of the bookmark itself is read again: at least once is the promise.
    #expect(runs.last?.status.records == numbers.rows - max(0, bookmark - 1))
    #expect(try numbers.arrived() == Array(1...numbers.rows))
    try await expectNothingLeft(numbers.bench)
  }

  @Test func `a historical run that was cancelled is followed by a historical one`() async throws {
    let numbers = try Numbers(rows: 120, delay: 60)
    let first = try await numbers.bench.pipectl("apply", "-f", numbers.manifest)
    try #require(first.code == 0, "\(first)")
    let start = try await numbers.bench.pipectl("start", "numbers", "--mode", "historical", "--no-wait")
    try #require(start.code == 0, "\(start)")
    try await numbers.reached(.confirmed(states: 2), of: 2)
    let stop = try await numbers.bench.pipectl("stop", "numbers", "--yes")
    #expect(stop.code == 0, "\(stop)")
    #expect(try await numbers.bookmark() == numbers.rows, "the states of a cancelled history are dropped")
    let next = try await numbers.bench.pipectl("start", "numbers")
    #expect(next.code == 0, "\(next)")
    let after = try await numbers.bench.pipectl("start", "numbers")
    #expect(after.code == 0, "\(after)")
    let runs = try await numbers.runs()
    #expect(runs.map(\.spec.mode) == ["incremental", "historical", "historical", "incremental"])
    #expect(runs.map(\.status.outcome) == ["succeeded", "cancelled", "succeeded", "succeeded"])
    #expect(runs.map(\.status.records).suffix(2) == [numbers.rows, 1])
  }
}

/// No process of the state folder goes on.
func expectNothingLeft(_ bench: Bench) async throws {
  try await eventually("no process of \(bench.folder) is left") { ProcessList.working(in: bench.folder).isEmpty }
}
