import Foundation
import Glibc
import Testing

extension MatrixTests {
  /// All pairs at once, each with a slot of its own, for a tap knows the end of the log by some seconds of silence.
  @Test(.enabled(if: PostgresServer.hasWal2json, "PostgreSQL has no wal2json"))
  func `updates, inserts and deletions come through the log, also after a target was killed`() async throws {
    let databases = try await Databases()
    let bench = try Bench(secrets: Replica.secrets(of: databases))
    // What else the files ask for is left out.
    let patch = #"- {target: {kind: Pipeline, name: "*"}, spec: {job: null}}"#
    let replicas = try Pair.all.map { try Replica($0, databases, bench, patches: patch) }
    for replica in replicas {
      let slot = replica.pair.slot(in: databases.source)
      try await databases.change("SELECT pg_create_logical_replication_slot('\(slot)', 'wal2json')")
      try await replica.apply()
    }
    try await run(replicas)
    for replica in replicas { try await replica.expectEqual(.tellers, after: "the first run") }

    try await databases.change("UPDATE pgbench_tellers SET tbalance = 77 WHERE tid IN (1, 2)")
    try await databases.change("DELETE FROM pgbench_tellers WHERE tid IN (2, 3)")
    try await databases.change("INSERT INTO pgbench_tellers (tid, bid, tbalance) VALUES (11, 1, 11), (12, 1, 12)")
    try await runWithoutTarget(replicas)
    try await run(replicas)
    for replica in replicas {
      try await replica.expectEqual(.tellers, after: "changes")
      try await replica.expectNothingToDo()
    }
    try await expectNothingLeft(bench)
    for replica in replicas {
      try await databases.change("SELECT pg_drop_replication_slot('\(replica.pair.slot(in: databases.source))')")
    }
  }

  /// Runs them side by side; each has to succeed.
  private func run(_ replicas: [Replica]) async throws {
    for replica in replicas { try await replica.does("start", replica.pair.logPipeline, "--no-wait") }
    for replica in replicas { try await replica.does("wait", replica.pair.logPipeline) }
    try await expectSlotsFree(replicas)
  }

  /// Runs one after the other, and kills the target as soon as it is there.
  private func runWithoutTarget(_ replicas: [Replica]) async throws {
    for replica in replicas {
      let pipeline = replica.pair.logPipeline
      let start = try replica.bench.launch(["start", pipeline])
      var target: pid_t?
      try await eventually("the target of \(pipeline) is there") {
        guard let journal = replica.bench.journal(of: pipeline), !journal.hasEnded else { return false }
        target = journal.child("target")
        return target != nil
      }
      kill(try #require(target), SIGKILL)
      let end = try await start.end()
      #expect(end.code == 1, "\(pipeline): \(end)")
    }
    try await expectSlotsFree(replicas)
  }

  /// The server notices the end of a connection a moment later, and a slot serves one at a time.
  private func expectSlotsFree(_ replicas: [Replica]) async throws {
    try await eventually("no replication slot is in use") {
      try await replicas[0].databases.server.sql("SELECT count(*) FROM pg_replication_slots WHERE active") == "0"
    }
  }
}
