import Foundation
import Glibc

/// A gate in the accounts of a database: whoever reads them comes as far as the next account whose number ends in 900, and waits.
///
/// So a run is in its middle for as long as a test needs it to be. A policy of the table asks for a lock before that row; the gate is
/// shut while a session of ours holds the lock.
final class Gate {
  static let position = 900
  private static let lock = 7

  /// What has to be in the template.
  static let construction = [
    """
    CREATE FUNCTION gate(aid integer) RETURNS boolean LANGUAGE plpgsql VOLATILE COST 10000 AS $$
    BEGIN
      IF aid % 1000 = \(position) THEN
        PERFORM pg_advisory_lock_shared(\(lock));
        PERFORM pg_advisory_unlock_shared(\(lock));
      END IF;
      RETURN true;
    END $$
    """,
    "ALTER TABLE pgbench_accounts ENABLE ROW LEVEL SECURITY",
    "CREATE POLICY gate ON pgbench_accounts FOR SELECT TO \(PgbenchServer.role) USING (gate(aid))",
    // One of the taps orders by this.
    "CREATE INDEX ON pgbench_accounts (updated_at NULLS FIRST)",
  ]

  private let databases: Databases
  private let session: Program
  private var input: Int32

  /// Shuts it.
  init(in databases: Databases) async throws {
    self.databases = databases
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw Trouble("cannot make a pipe") }
    _ = fcntl(ends[1], F_SETFD, FD_CLOEXEC)
    defer { close(ends[0]) }
    input = ends[1]
    session = try databases.server.session(in: databases.source, input: ends[0])
    try say("SELECT pg_advisory_lock(\(Self.lock));")
    try await eventually("the gate is shut") { try await locks(granted: true) == 1 }
  }

  deinit {
    if input >= 0 { close(input) }
  }

  /// Waits until somebody stands before it.
  func isReached() async throws {
    try await eventually("the tap reaches the gate") { try await locks(granted: false) > 0 }
  }

  func open() async throws {
    try say("SELECT pg_advisory_unlock(\(Self.lock));")
    close(input)
    input = -1
    _ = try await session.end()
  }

  private func locks(granted: Bool) async throws -> Int {
    let count = try await databases.server.sql(
      """
      SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND \(granted ? "" : "NOT") granted
      AND database = (SELECT oid FROM pg_database WHERE datname = '\(databases.source)')
      """)
    return Int(count) ?? -1
  }

  private func say(_ statement: String) throws {
    let line = Array((statement + "\n").utf8)
    guard write(input, line, line.count) == line.count else { throw Trouble("the gate's session is gone") }
  }
}
