import Foundation
import Glibc
import Testing

/// Several parts cut off at once, or in the middle of a cancel.
@Suite(.serialized)
struct BuiltinDisasterTests {
  @Test(arguments: [Moment.begun, .discovering, .targetStarted, .tapStarted, .confirmed(states: 2), .loading])
  func `when everything was killed at once, the next commands work at once`(moment: Moment) async throws {
    let numbers = try Numbers(rows: 100)
    let apply = try numbers.bench.launch(["apply", "-f", numbers.manifest])
    try await numbers.reached(moment)
    apply.kill()
    for entry in ProcessList.working(in: numbers.bench.folder) { kill(entry.pid, SIGKILL) }
    _ = try await apply.end()
    let again = try await numbers.bench.pipectl("apply", "-f", numbers.manifest)
    #expect(again.code == 0 || again.output.contains("lost") || again.errors.contains("lost"), "\(again)")
    let next = try await numbers.bench.pipectl("start", "numbers")
    #expect(next.code == 0, "\(next)")
    let outcomes = try await numbers.runs().map(\.status.outcome)
    #expect(outcomes == ["lost", "succeeded"] || outcomes == ["succeeded", "succeeded"])
    #expect(try numbers.arrived() == Array(1...numbers.rows))
    try await expectNothingLeft(numbers.bench)
  }

  /// Milliseconds after the start of the command; it takes about a hundred.
  @Test(arguments: [0, 15, 30, 45, 60, 80, 100, 130])
  func `a stop that was killed is asked again, and the run is cancelled once`(moment: Int) async throws {
    let numbers = try Numbers(rows: 200, delay: 30)
    let apply = try await numbers.bench.pipectl("apply", "-f", numbers.manifest, "--no-wait")
    try #require(apply.code == 0, "\(apply)")
    try await numbers.reached(.confirmed(states: 1))
    let stop = try numbers.bench.launch(["stop", "numbers", "--yes"])
    try await Task.sleep(for: .milliseconds(moment))  // poll: the moment of the kill is what varies here
    stop.kill()
    _ = try await stop.end()
    let again = try await numbers.bench.pipectl("stop", "numbers", "--yes")
    #expect(again.code == 0, "\(again)")
    #expect(try await numbers.runs().map(\.status.outcome) == ["cancelled"])
    let bookmark = try await numbers.bookmark()
    #expect(bookmark > 0 && bookmark < numbers.rows)
    let next = try await numbers.bench.pipectl("start", "numbers")
    #expect(next.code == 0, "\(next)")
    let runs = try await numbers.runs()
    #expect(runs.map(\.status.outcome) == ["cancelled", "succeeded"])
    #expect(runs.last?.status.records == numbers.rows - bookmark + 1, "it went on from the state of the cancelled run")
    #expect(try numbers.arrived() == Array(1...numbers.rows))
    try await expectNothingLeft(numbers.bench)
  }

  @Test func `two applies at once start one run`() async throws {
    let numbers = try Numbers(rows: 60)
    let applies = try (0..<3).map { _ in try numbers.bench.launch(["apply", "-f", numbers.manifest]) }
    for apply in applies {
      let end = try await apply.end()
      #expect(end.code == 0, "\(end)")
    }
    #expect(try await numbers.runs().map(\.status.outcome) == ["succeeded"])
    #expect(try numbers.arrived() == Array(1...numbers.rows))
  }
}
