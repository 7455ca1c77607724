import ContractServers
import EngineAPI
import PipelineModel
import Testing

@testable import StitchEngine

/// Streams and fields: those that are declared are selected, and no others; what nobody declares stays as it is.
@Suite struct StreamTests {
  private let update = "PUT /v4/sources/*/streams/metadata"

  private func source() -> StitchSourceState {
    shop { source in
      source.streams = [("orders", true), ("refunds", false), ("notes", true), ("old_orders", nil)].enumerated().map {
        StitchStreamState(id: $0.offset + 1, name: $0.element.0, isSelected: $0.element.1)
      }
    }
  }

  private func order(_ rules: [StreamRule]?) -> SettingsOrder {
    SettingsOrder(engine: EngineSpec(name: "stitch-eu", type: "stitch"), id: "4711", streams: rules)
  }

  @Test func `the streams that are declared are selected, and the others deselected, in one call`() async throws {
    try await withBench([source()]) { bench in
      let rules = [StreamRule(name: "orders"), StreamRule(name: "ref*")]
      for _ in 1...2 { try await bench.engine.write(order(rules)) }
      let streams = try #require(bench.dialect.source(4711)?.streams)
      #expect(streams.filter { $0.isSelected == true }.map(\.name) == ["orders", "refunds"])
      #expect(bench.calls.count(update) == 1)
      let held = try #require(await bench.engine.look().held.first)
      #expect(held.streams == HeldStreams(declared: rules))
    }
  }

  @Test func `fields, method and key are written where they differ, automatic and unsupported fields left alone`()
    async throws
  {
    try await withBench([source()]) { bench in
      let rules = [
        StreamRule(name: "orders", replication: .incremental, key: "updated_at", fields: ["!note", "!updated_at"]),
        StreamRule(name: "*"),
      ]
      for _ in 1...2 { try await bench.engine.write(order(rules)) }
      let orders = try #require(bench.dialect.source(4711)?.streams.first)
      #expect(orders.method == "INCREMENTAL")
      #expect(orders.key == "updated_at")
      let chosen = orders.fields.filter { $0.isSelected != nil }
      #expect(chosen.map(\.name) == ["note"], "a key is replicated whatever is said of it")
      #expect(chosen.first?.isSelected == false)
      #expect(bench.calls.count(update) == 1)
      #expect(bench.calls.count("GET /v4/sources/*/streams/*") == 3, "only of the stream of which more is declared")
    }
  }

  @Test func `a stream that is not there is refused by its name, and nothing is changed`() async throws {
    try await withBench([source()]) { bench in
      let error = await #expect(throws: EngineError.self) {
        try await bench.engine.write(order([StreamRule(name: "odrers")]))
      }
      #expect(error?.code == .refused)
      #expect(error?.message.contains("`odrers`") == true)
      #expect(bench.calls.count(update) == 0)
    }
  }

  @Test func `a selection that somebody changes is seen within the hour, for the price of one list`() async throws {
    try await withBench([source()]) { bench in
      let rules = [StreamRule(name: "orders")]
      try await bench.engine.write(order(rules))
      bench.dialect.change(4711) { $0.streams[2].isSelected = true }
      bench.calls.clear()
      let before = await bench.engine.look().held.first?.streams
      #expect(before == HeldStreams(declared: rules))
      bench.clock.advance(by: TimeSpan(seconds: 3600))
      let reading = await bench.otherEngine(isReadOnly: true).look().held.first?.streams
      #expect(reading == before)
      #expect(bench.calls.count("GET /v4/sources/*/streams") == 0)
      let after = await bench.engine.look().held.first?.streams
      #expect(after == HeldStreams(declared: rules, differences: ["`notes` is selected"]))
      try await bench.engine.write(order(rules))
      let mended = await bench.engine.look().held.first?.streams
      #expect(mended == before)
    }
  }
}
