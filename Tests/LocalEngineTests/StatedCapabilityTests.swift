import PipelineModel
import Testing

@testable import LocalEngine

/// A tap is called as its manifest says that it can be called.
@Suite struct StatedCapabilityTests {
  /// The options of each call of a tap with such capabilities, a state given.
  private func calls(_ capabilities: ConnectorCapabilities) async throws -> [String] {
    let bench = try Bench()
    var order = bench.order()
    guard case .replication(var replication) = order.spec.work else { return [] }
    let catalog = #"{"streams": [{"tap_stream_id": "orders", "stream": "orders", "schema": {}}]}"#
    replication.source = try bench.script(
      "plain-tap",
      """
      for word in "$@"; do case $word in --*) printf '%s ' $word ;; esac; done >> \(bench.file("calls"))
      echo >> \(bench.file("calls"))
      case "$*" in *--discover*) echo '\(catalog)'; exit 0 ;; esac
      echo '{"type": "SCHEMA", "stream": "orders", "schema": {}, "key_properties": []}'
      echo '{"type": "RECORD", "stream": "orders", "record": {"id": 1}}'
      echo '{"type": "STATE", "value": {"bookmarks": {"orders": {"id": 1}}}}'
      """)
    replication.source.capabilities = capabilities
    order.spec.work = .replication(replication)
    try await bench.start(order, state: state(7))
    let report = try await bench.ended()
    #expect(report.status == .ended(.succeeded), "\(report.status)")
    #expect(bench.lines("rows") == ["1"])
    #expect(report.stages.map(\.stage).contains(.discover) == (capabilities.discovery != false))
    return bench.lines("calls")
  }

  @Test func `what is not known is tried`() async throws {
    #expect(try await calls(.unknown) == ["--config --discover ", "--config --catalog --state "])
  }

  @Test func `a tap that cannot tell what it offers gets no catalog`() async throws {
    #expect(try await calls(ConnectorCapabilities(discovery: false)) == ["--config --state "])
  }

  @Test func `a tap that keeps no state gets none`() async throws {
    #expect(try await calls(ConnectorCapabilities(state: false)) == ["--config --discover ", "--config --catalog "])
  }
}
