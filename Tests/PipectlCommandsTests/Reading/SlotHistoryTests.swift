import PipelineModel
import SQLiteStore
import Testing

struct SlotHistoryTests {
  private func day(_ day: Int) throws -> Timestamp {
    try #require(Timestamp(rfc3339: "2026-03-\(day < 10 ? "0" : "")\(day)T05:00:00Z"))
  }

  /// What a controller would have recorded.
  private func record(_ sandbox: Sandbox) throws {
    let store = try SQLiteStore.open(folder: sandbox.path + "/.pipectl")
    let rows = PipelineName("rows")
    let ran = SlotRecord(
      pipeline: rows, instant: try day(3), outcome: .ran(RunID(pipeline: rows, number: 1)), decidedAt: try day(3))
    let stretch = SlotRecord(
      pipeline: rows, instant: try day(2), since: try day(1), outcome: .skipped(.superseded), decidedAt: try day(3))
    let late = SlotRecord(
      pipeline: rows, instant: try day(4), outcome: .missed(.deadlinePassed), decidedAt: try day(5))
    try store.commit(
      [ran, stretch, late].map { .putSlot($0) } + [
        .putSchedule(ScheduleProgress(pipeline: rows, settledUntil: try day(5), waiting: [try day(5)]))
      ])
  }

  @Test func `slots are told by history, why, get and describe`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeCSVPipeline(extra: "  schedule: {cron: '0 6 * * *', timeZone: Europe/Berlin, overlap: queue}\n")
    #expect(try sandbox.pipectl("apply", "-f", "pipelines").exitCode == 0)
    try record(sandbox)
    let history = try sandbox.pipectl("history", "rows", "--slots", "-o", "json")
    #expect(try (0..<3).map { try history.text("slots", $0, "outcome") } == ["missed", "ran", "skipped"])
    #expect(try history.text("slots", 0, "reason") == "deadline-passed")
    #expect(try history.text("slots", 0, "local") == "2026-03-04 06:00")
    #expect(try history.text("slots", 1, "run") == "rows.1")
    let text = try sandbox.pipectl("history", "rows", "--slots").output
    #expect(text.contains("every slot after 2026-03-01T05:00:00Z, up to 2026-03-02T05:00:00Z"), "\(text)")
    let view = try sandbox.pipectl("get", "rows", "-o", "json")
    #expect(try view.text("status", "schedule", "waiting", 0) == "2026-03-05T05:00:00Z")
    #expect(try view.text("status", "schedule", "lastSlot", "outcome") == "missed")
    #expect(try view.text("status", "schedule", "next") != nil)
    #expect(try sandbox.pipectl("describe", "rows").output.contains("Waiting slots  2026-03-05T05:00:00Z"))
    let why = try sandbox.pipectl("why", "rows", "-o", "json")
    let facts = try why.list("facts").compactMap { $0 as? [String: Any] }
    let waiting = try #require(facts.first { $0["type"] as? String == "SlotWaiting" })
    #expect((waiting["place"] as? String)?.hasPrefix("pipelines/rows.yaml:") ?? false, "\(waiting)")
    #expect(facts.contains { $0["type"] as? String == "SlotNotRun" })
  }
}
