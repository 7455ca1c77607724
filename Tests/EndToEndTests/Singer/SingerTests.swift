import Foundation
import Glibc
import Testing

/// A real PostgreSQL, a real tap, a real target.
///
/// This target prints its state at the end of its input only, and none where a record follows the last state; this tap dies of
/// SIGTERM between two states. So a run that was cut short confirms nothing new, and the next one reads the same rows again: what is
/// promised is that none is missing.
@Suite(.serialized, .shop)
struct SingerTests {
  @Test func `every row of the source arrives, and applying again does nothing`() async throws {
    let copy = try Copy(
      """
      {name: public-orders, replication: incremental, key: updated_at}, {name: public-customers, replication: full-table},
            {name: public-pgbench_tellers, replication: full-table}, {name: public-pgbench_branches, replication: full-table}
      """)
    try await copy.apply()
    for table in ["orders", "customers", "pgbench_tellers", "pgbench_branches"] {
      #expect(copy.lines(of: "public-\(table)") == (try await copy.shop.count(table)), "\(table)")
    }
    #expect(copy.lines(of: "public-pgbench_accounts") == 0, "it is not selected")
    let again = try await copy.does("apply", "-f", copy.manifest)
    #expect(again.output.contains("Nothing to do."))
    let runs = try await copy.runs()
    #expect(runs.map(\.status.outcome) == ["succeeded"])
    let sources = try await copy.shop.sql(
      "SELECT (SELECT count(*) FROM orders) + (SELECT count(*) FROM customers) + (SELECT count(*) FROM pgbench_tellers)"
        + " + (SELECT count(*) FROM pgbench_branches)")
    #expect(runs.first?.status.records == Int(sources))
    try await expectNothingLeft(copy.bench)
  }

  @Test func `an incremental run brings what is new, and the row it stood at`() async throws {
    let copy = try await Copy(of: "events", rows: 500)
    try await copy.apply()
    #expect(try copy.keys("id", of: "public-events") == Array(1...500))
    try await copy.insert(into: "events", 501...700)
    try await copy.does("start", "copy")
    #expect(try copy.keys("id", of: "public-events") == Array(1...500) + Array(500...700))
    try await copy.does("start", "copy")
    #expect(try copy.keys("id", of: "public-events").suffix(2) == [700, 700])
  }

  @Test func `a large incremental run that is cancelled keeps the last confirmed state, and the next leaves no gap`()
    async throws
  {
    let copy = try await Copy(of: "flood", rows: 500)
    try await copy.apply()
    let confirmed = try #require(try await copy.state())
    try await copy.insert(into: "flood", 501...30_000)
    try await copy.does("start", "copy", "--no-wait")
    try await eventually("the run is in the middle") { copy.lines(of: "public-flood") > 3000 }
    let stop = try await copy.does("stop", "copy", "--yes")
    #expect(stop.code == 0)
    let cut = try #require(try await copy.runs().last)
    #expect(cut.status.outcome == "cancelled")
    let loaded = try copy.keys("id", of: "public-flood")
    #expect(loaded.count == 500 + (cut.status.records ?? 0), "what was extracted before the cancel was loaded")
    #expect(cut.status.records ?? .max < 29_000, "it was the middle")
    // Where the cut fell right behind a state, the target has confirmed that one; every row before it is there then.
    let state = try #require(try await copy.state())
    if state != confirmed { #expect(Set(loaded).isSuperset(of: 1...(try Self.bookmark(state)))) }
    try await copy.does("start", "copy")
    let all = try copy.keys("id", of: "public-flood")
    #expect(Set(all) == Set(1...30_000), "no gap")
    let bookmark = try Self.bookmark(state)
    #expect(
      Array(all.dropFirst(loaded.count)) == Array(bookmark...30_000), "it went on from the state, and from nowhere else"
    )
    #expect(try Self.bookmark(try #require(try await copy.state())) == 30_000)
  }

  @Test func `a historical run that is cancelled is followed by a historical one`() async throws {
    let copy = try await Copy(of: "past", rows: 4000)
    try await copy.apply()
    let confirmed = try await copy.state()
    try await copy.does("start", "copy", "--mode", "historical", "--no-wait")
    try await eventually("the run is in the middle") { copy.lines(of: "public-past") > 4300 }
    try await copy.does("stop", "copy", "--yes")
    #expect(try await copy.state() == confirmed)
    let before = copy.lines(of: "public-past")
    try await copy.does("start", "copy")
    #expect(copy.lines(of: "public-past") == before + 4000)
    let runs = try await copy.runs()
    #expect(runs.map(\.spec.mode) == ["incremental", "historical", "historical"])
    #expect(runs.map(\.status.outcome) == ["succeeded", "cancelled", "succeeded"])
  }

  /// The bookmark of the one stream.
  static func bookmark(_ state: String) throws -> Int {
    struct State: Decodable {
      var bookmarks: [String: Bookmark]
    }
    struct Bookmark: Decodable {
      var replication_key_value: Int?
    }
    return try JSONDecoder().decode(State.self, from: Data(state.utf8)).bookmarks.values.first?.replication_key_value
      ?? 0
  }
}

extension Copy {
  /// A new table of numbered rows, copied incrementally by its number.
  init(of table: String, rows: Int, extra: String = "") async throws {
    try self.init("{name: public-\(table), replication: incremental, key: id}", extra: extra)
    try await shop.sql("DROP TABLE IF EXISTS \(table)")
    try await shop.sql("CREATE TABLE \(table) (id integer PRIMARY KEY, note text NOT NULL)")
    try await insert(into: table, 1...rows)
  }

  func insert(into table: String, _ ids: ClosedRange<Int>) async throws {
    try await shop.sql(
      "INSERT INTO \(table) SELECT n, 'row ' || n FROM generate_series(\(ids.lowerBound), \(ids.upperBound)) AS n")
  }
}
