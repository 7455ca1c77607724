import Foundation
import Glibc
import Testing

/// The example `postgres-to-postgres`: two real taps, three real targets, pgbench's tables.
@Suite(.serialized, .pgbench)
struct MatrixTests {
  @Test(arguments: Pair.all)
  func `the first run brings every row, the next what has changed, and a snapshot everything without moving the state`(
    pair: Pair
  ) async throws {
    let replica = try await Replica(pair)
    try await replica.databases.change("INSERT INTO pgbench_history (tid, bid, aid, delta) VALUES (1, 1, 1, 10)")
    try await replica.apply()
    try await replica.expectEqual(.accounts, .branches, .history, after: "the first load")
    #expect(try await replica.recordsOfLatestRun() == [.accounts: PgbenchServer.accounts, .branches: 1, .history: 1])
    try await replica.expectNothingToDo()

    try await change(replica.databases)
    try await replica.does("start", pair.name)
    try await replica.expectEqual(.accounts, .branches, .history, after: "changes")
    // Five and four, and the row at each bookmark; the table without a key comes in full.
    let records = try await replica.recordsOfLatestRun()
    #expect(records == [.accounts: 6, .branches: 1, .history: 5])

    let state = try await replica.state()
    try await replica.does("start", pair.name, "--mode", "snapshot")
    #expect(
      try await replica.recordsOfLatestRun() == [.accounts: PgbenchServer.accounts + 2, .branches: 1, .history: 5])
    #expect(try await replica.state() == state)
    try await replica.expectEqual(.accounts, .branches, .history, after: "a snapshot")
    #expect(try await replica.runs().map(\.status.outcome) == ["succeeded", "succeeded", "succeeded"])
    try await replica.expectNothingToDo()
    try await expectNothingLeft(replica.bench)
  }

  /// Updates three accounts and a branch, adds two accounts and four rows of history.
  private func change(_ databases: Databases) async throws {
    try await databases.change("UPDATE pgbench_accounts SET abalance = 77 WHERE aid IN (1, 500, 999)")
    try await databases.addAccounts(1001...1002)
    try await databases.change("UPDATE pgbench_branches SET bbalance = 77")
    try await databases.change(
      "INSERT INTO pgbench_history (tid, bid, aid, delta) SELECT 1, 1, n, n FROM generate_series(1, 4) AS n")
  }

  @Test(arguments: Pair.all)
  func `a run that is cancelled or killed in the middle leaves no gap, and the next one nothing twice`(
    pair: Pair
  ) async throws {
    let replica = try await Replica(pair)
    try await cutFirstLoad(replica)
    for (number, interruption) in Interruption.allCases.enumerated() {
      try await replica.databases.addAccounts((number + 1) * 1000 + 1...(number + 2) * 1000)
      try await interrupt(replica, by: interruption)
      let bookmark = try await replica.bookmark()
      try await expectArrived(replica, upTo: bookmark, after: interruption)
      if interruption != .killOfCommand { try await expectContinuation(replica, from: bookmark, after: interruption) }
      try await replica.expectEqual(.accounts, after: interruption.rawValue)
    }
    try await replica.expectNothingToDo()
    try await expectNothingLeft(replica.bench)
  }

  /// A first load is historical: cancelled, it leaves no state, and the next run is one too.
  private func cutFirstLoad(_ replica: Replica) async throws {
    let gate = try await Gate(in: replica.databases)
    try await replica.apply("--no-wait")
    try await gate.isReached()
    try await cancel(replica, gate)
    try await replica.does("start", replica.pair.name)
    let runs = try await replica.runs()
    #expect(runs.map(\.status.outcome) == ["cancelled", "succeeded"], "\(replica.pair.name)")
    #expect(runs.map(\.spec.mode) == ["historical", "historical"], "\(replica.pair.name)")
    #expect(try await replica.recordsOfLatestRun()[.accounts] == PgbenchServer.accounts, "\(replica.pair.name)")
    try await replica.expectEqual(.accounts, .branches, .history, after: "a first load in two runs")
  }

  /// Starts a run, and interrupts it while its tap stands before the gate.
  private func interrupt(_ replica: Replica, by interruption: Interruption) async throws {
    let gate = try await Gate(in: replica.databases)
    let command = try replica.bench.launch(["start", replica.pair.name])
    try await gate.isReached()
    try await eventually("records come through") {
      replica.bench.journal(of: replica.pair.name)?.records(of: Table.accounts.stream) ?? 0 > 0
    }
    let journal = try #require(replica.bench.journal(of: replica.pair.name))
    try #require(!journal.hasEnded)
    switch interruption {
    case .cancel: try await cancel(replica, gate)
    case .killOfTap: kill(try #require(journal.child("tap")), SIGKILL)
    case .killOfTarget: kill(try #require(journal.child("target")), SIGKILL)
    case .killOfSupervisor: kill(try #require(journal.supervisor), SIGKILL)
    case .killOfCommand: command.kill()
    }
    if interruption != .cancel { try await gate.open() }
    _ = try await command.end()
    // Where the command is gone, the run is waited for.
    let wait = try await replica.bench.pipectl("wait", replica.pair.name)
    let run = try #require(try await replica.runs().last)
    #expect(run.status.outcome == interruption.outcome, "\(replica.pair.name), \(interruption): \(wait)")
    if interruption == .cancel { #expect(run.status.tapExit == replica.pair.tap.exitWhenStopped) }
  }

  /// The tap gets its signal before the gate opens, so that one which ends gracefully does that in the middle of its rows.
  private func cancel(_ replica: Replica, _ gate: Gate) async throws {
    let stop = try replica.bench.launch(["stop", replica.pair.name, "--yes"])
    try await eventually("the tap is told to end") {
      replica.bench.journal(of: replica.pair.name)?.isStopDelivered == true
    }
    try await gate.open()
    let end = try await stop.end()
    #expect(end.code == 0, "\(end)")
  }

  /// Whatever the state says is there is there.
  private func expectArrived(_ replica: Replica, upTo bookmark: String, after interruption: Interruption) async throws {
    let arrived = try await replica.arrived(.accounts)
    let wanted = try await replica.databases.accounts(upTo: bookmark)
    let missing = wanted.keys.filter { arrived[$0] == nil }
    #expect(missing.isEmpty, "\(replica.pair.name), \(interruption): \(missing.sorted().prefix(10))")
  }

  /// The next run reads what the state says is missing, and no more.
  private func expectContinuation(
    _ replica: Replica, from bookmark: String, after interruption: Interruption
  ) async throws {
    let missing = try await replica.databases.accounts(from: bookmark).count
    try await replica.does("start", replica.pair.name)
    let records = try await replica.recordsOfLatestRun()
    #expect(records[.accounts] == missing, "\(replica.pair.name), after \(interruption)")
  }
}
