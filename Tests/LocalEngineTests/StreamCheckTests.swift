import LocalEngine
import PipelineModel
import SingerProtocol
import Testing

struct StreamCheckTests {
  private static let text = #"""
    {"streams": [
      {"stream": "orders", "key_properties": ["id"], "schema": {"properties": {"id": {}, "at": {}, "done": {}}}, "metadata": [
        {"breadcrumb": [], "metadata": {"valid-replication-keys": ["at"]}}]},
      {"stream": "clicks", "schema": {"properties": {"at": {}}}},
      {"stream": "log", "schema": {}, "metadata": [{"breadcrumb": [], "metadata": {"forced-replication-method": "LOG_BASED"}}]}]}
    """#

  private func check(
    _ rules: [StreamRule]?, mode: RunMode = .incremental, catalog text: String = text
  ) throws -> StreamCheck {
    let catalog = try Catalog(parsing: Array(text.utf8))
    return StreamCheck(catalog, rules.map { .only($0) } ?? .all, mode: mode)
  }

  @Test func `a choice that can be had has no problems`() throws {
    let rules = [
      StreamRule(name: "orders", replication: .incremental, key: "at"), StreamRule(name: "c*", fields: ["at"]),
      StreamRule(name: "log", replication: .logBased),
    ]
    #expect(try check(rules) == check(rules, mode: .historical))
    #expect(try check(rules).problems == [])
    #expect(try check(rules).selected == 3)
    #expect(try check(nil).problems == [])
  }

  @Test func `each problem is told with its rule`() throws {
    let rules = [
      StreamRule(name: "order"), StreamRule(name: "orders", replication: .incremental, key: "done"),
      StreamRule(name: "clicks", replication: .incremental, key: "at"),
      StreamRule(name: "log", replication: .fullTable),
    ]
    let problems = try check(rules).problems
    #expect(problems.map(\.rule) == [0, 3, 1, 2])
    #expect(
      problems.map(\.kind) == [
        .selection(.noStream(pattern: "order", nearest: ["orders"])),
        .selection(.unsupportedMethod(stream: "log", wanted: .fullTable, forced: .logBased)),
        .keyNotOffered(stream: "orders", key: "done", offered: ["at"]), .noKeyProperties(stream: "clicks"),
      ])
  }

  @Test func `a snapshot may be taken of a stream that insists on its method`() throws {
    #expect(try check([StreamRule(name: "log", replication: .fullTable)], mode: .snapshot).problems == [])
  }

  @Test func `a source without a stream is said to have none`() throws {
    for rules in [nil, [StreamRule(name: "orders")]] {
      #expect(try check(rules, catalog: #"{"streams": []}"#).problems.map(\.kind) == [.nothingOffered])
    }
  }
}
