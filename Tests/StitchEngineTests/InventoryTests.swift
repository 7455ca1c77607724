import ContractServers
import EngineAPI
import PipelineModel
import Testing

@testable import StitchEngine

/// What an account holds, as manifests say it.
@Suite struct InventoryTests {
  private static let engine = EngineSpec(name: "stitch-eu", type: "stitch")

  private func object(_ change: @escaping @Sendable (inout StitchSourceState) -> Void) async throws -> ImportableObject
  {
    let found = Found()
    try await withBench([shop(4711, change)]) { bench in
      await found.note(try await bench.engine.inventory(as: Self.engine).objects)
    }
    return try #require(await found.objects.first)
  }

  private actor Found {
    var objects: [ImportableObject] = []
    func note(_ objects: [ImportableObject]) { self.objects = objects }
  }

  private func spec(of object: ImportableObject) throws -> PipelineSpec {
    guard case .described(let spec) = object.standing else { throw NotDescribed() }
    return spec
  }

  private struct NotDescribed: Error {}

  @Test(arguments: [
    ("0 0 6 * * ?", "0 6 * * *"), ("0 */15 8-18 ? * MON-FRI", "0,15,30,45 8-18 * * 1-5"),
    ("0 30 0 1,15 * ? *", "30 0 1,15 * *"), ("0 5 4 ? 1-6 SUN", "5 4 * 1-6 0"), ("0 0 0 ? * 1,7", "0 0 * * 0,6"),
    ("0 0 0 L * ?", "0 0 L * *"), ("0 0 12 ? * MON#1", "0 12 * * 1#1"), ("0 0 12 ? * 6L", "0 12 * * 5L"),
  ])
  func `a cron expression has five fields, and means the same`(quartz: String, text: String) async throws {
    let object = try await object { $0.properties["cron_expression"] = quartz }
    guard case .slots(let schedule) = try spec(of: object).schedule, case .cron(let cron) = schedule.cadence else {
      throw NotDescribed()
    }
    #expect(cron.text == text)
    let held = try #require(CronExpression(quartz: quartz))
    #expect(HeldSchedule.cadence(.cron(held)).keeps(schedule.cadence))
    #expect(object.remarks == [])
  }

  @Test(arguments: ["0 0 0 LW * ?", "0 0 12 ? * L", "30 0 6 * * ?", "0 0 6 * * ? 2027"])
  func `one that five fields cannot say stays as it is, and that is told`(quartz: String) async throws {
    let object = try await object { $0.properties["cron_expression"] = quartz }
    #expect(try spec(of: object).schedule == .unmanaged)
    #expect(
      object.remarks == ["its cron expression `\(quartz)` is none that a manifest can declare, and stays as it is"])
  }

  @Test func `an anchor is said where Stitch counts from it`() async throws {
    func schedule(_ minutes: String) async throws -> ImportableObject {
      try await object {
        $0.properties["frequency_in_minutes"] = minutes
        $0.properties["anchor_time"] = "2026-01-02T03:30:00+00:00"
      }
    }
    let anchored = Cadence.every(TimeSpan(seconds: 3600), anchor: Timestamp(rfc3339: "2026-01-02T03:30:00Z"))
    #expect(try spec(of: try await schedule("60")).schedule == .slots(Schedule(keptByEngine: anchored)))
    let short = try await schedule("30")
    #expect(
      try spec(of: short).schedule
        == .slots(Schedule(keptByEngine: .every(TimeSpan(seconds: 1800), anchor: nil))))
    #expect(short.remarks.count == 1)
  }

  @Test func `a pause is said, a pause by Stitch itself is told, and what is deleted is passed over`() async throws {
    let instant = Timestamp(seconds: 1_785_000_000)
    let paused = try await object { $0.pausedAt = instant }
    #expect(try spec(of: paused).paused == .paused(PauseDetails()))
    let held = try await object { $0.systemPausedAt = instant }
    #expect(try spec(of: held).paused == .active)
    #expect(held.remarks == ["Stitch itself has paused it since \(instant), and only Stitch ends that"])
    let deleted = try await object { $0.deletedAt = instant }
    #expect(deleted.standing == .passedOver("it was deleted in Stitch"))
  }

  @Test func `one call is enough for a whole account`() async throws {
    try await withBench((0..<200).map { shop(5000 + $0) }) { bench in
      let inventory = try await bench.engine.inventory(as: Self.engine)
      #expect(inventory.objects.count == 200)
      #expect(bench.calls.lines == ["GET /v4/sources"])
    }
  }
}
