import SingerProtocol
import Testing

struct SelectionTests {
  private let text = #"""
    {"version":1,"streams":[
     {"tap_stream_id":"public-orders","stream":"orders","schema":{"type":"object","properties":{"id":{"type":"integer"},"at":{"type":"string"},"note":{},"blob":{}}},
      "key_properties":["id"],"table_name":"orders","replication_method":"FULL_TABLE","is_view":false,"metadata":[
       {"breadcrumb":[],"metadata":{"inclusion":"available","valid-replication-keys":["at"],"row-count":1.0}},
       {"breadcrumb":["properties","id"],"metadata":{"inclusion":"automatic"}},
       {"breadcrumb":["properties","blob"],"metadata":{"inclusion":"unsupported"}},
       {"breadcrumb":["properties","note"],"metadata":{"inclusion":"available","selected-by-default":false}}]},
     {"tap_stream_id":"public-customers","stream":"customers","schema":{"properties":{"id":{}}},"metadata":[]},
     {"tap_stream_id":"log","stream":"log","schema":{"properties":{"id":{}}},"metadata":[{"breadcrumb":[],"metadata":{"forced-replication-method":"LOG_BASED"}}]}]}
    """#
  private var catalog: Catalog { get throws { try Catalog(parsing: Array(text.utf8)) } }

  @Test func `all takes every stream as the tap suggests`() throws {
    let result = select(try catalog, .all)
    #expect(result.problems.isEmpty)
    #expect(result.streams.map(\.id) == ["public-orders", "public-customers", "log"])
    #expect(result.streams.map(\.method) == [.fullTable, .fullTable, .logBased])
    #expect(result.catalog.streams.allSatisfy { $0.isSelected })
    let orders = result.catalog.streams[0]
    #expect(orders.metadata(["properties", "at"])["selected"] == true)
    #expect(orders.metadata(["properties", "note"])["selected"] == false)
    #expect(orders.metadata(["properties", "blob"])["selected"] == false)
  }

  @Test func `what is not spoken of stays verbatim`() throws {
    let result = select(try catalog, .rules([SelectionRule(pattern: "log")]))
    let before = try JSONValue(parsing: text)
    let orders = result.catalog.streams[0].json
    #expect(result.catalog.json["version"] == 1)
    for key in ["tap_stream_id", "schema", "key_properties", "table_name", "is_view", "replication_method"] {
      #expect(orders[key] == before["streams"]?.arrayValue?[0][key])
    }
    #expect(result.catalog.streams[0].metadata([])["row-count"] == .number("1.0"))
    #expect(try Catalog(parsing: Array(result.catalog.text.utf8)) == result.catalog)
    #expect(result.catalog.streams.map(\.isSelected) == [false, false, true])
  }

  @Test func `method and key are written where every kind of tap reads them`() throws {
    let result = select(try catalog, .rules([SelectionRule(pattern: "orders", method: .incremental, key: "at")]))
    let orders = result.catalog.streams[0]
    #expect(result.problems.isEmpty)
    #expect(result.streams.map(\.key) == ["at"])
    #expect(orders.json["replication_method"] == "INCREMENTAL")
    #expect(orders.json["replication_key"] == "at")
    #expect(orders.metadata([])["replication-method"] == "INCREMENTAL")
    #expect(orders.metadata([])["replication-key"] == "at")
  }

  @Test func `an exact name comes before a pattern, then the first rule counts`() throws {
    let rules = [
      SelectionRule(pattern: "public-*", method: .logBased),
      SelectionRule(pattern: "public-orders", method: .fullTable),
      SelectionRule(pattern: "*", method: .logBased),
    ]
    #expect(select(try catalog, .rules(rules)).streams.map(\.method) == [.fullTable, .logBased, .logBased])
  }

  @Test(arguments: [
    (["id", "at"], [true, true, false, false]), (["!note"], [true, true, false, false]),
    (["n*"], [true, false, true, false]),
    (["*", "!a?"], [true, false, true, false]),
  ])
  func `fields are chosen by names, patterns and exclusions`(fields: [String], chosen: [Bool]) throws {
    let result = select(try catalog, .rules([SelectionRule(pattern: "orders", fields: fields)]))
    let orders = result.catalog.streams[0]
    #expect(result.problems.isEmpty)
    #expect(
      ["id", "at", "note", "blob"].map {
        orders.isSelected(field: $0) || orders.metadata(["properties", $0])["selected"] == true
      } == chosen)
    #expect(["id", "at", "note", "blob"].map { orders.metadata(["properties", $0])["selected"] == true } == chosen)
  }

  @Test func `the replication key is read even where the fields leave it out`() throws {
    let result = select(try catalog, .rules([SelectionRule(pattern: "orders", fields: ["note"], key: "at")]))
    #expect(result.catalog.streams[0].metadata(["properties", "at"])["selected"] == true)
    #expect(result.streams.map(\.method) == [.incremental])
  }

  @Test(arguments: [
    (
      SelectionRule(pattern: "public-order"),
      SelectionProblem.noStream(pattern: "public-order", nearest: ["public-orders"])
    ),
    (SelectionRule(pattern: "x*"), .noStream(pattern: "x*", nearest: ["log"])),
    (
      SelectionRule(pattern: "orders", fields: ["nope"]),
      .noField(stream: "public-orders", pattern: "nope", nearest: ["note"])
    ),
    (SelectionRule(pattern: "orders", fields: ["!id"]), .automaticField(stream: "public-orders", field: "id")),
    (SelectionRule(pattern: "orders", fields: ["blob"]), .unsupportedField(stream: "public-orders", field: "blob")),
    (SelectionRule(pattern: "orders", key: "att"), .keyIsNoField(stream: "public-orders", key: "att", nearest: ["at"])),
    (
      SelectionRule(pattern: "orders", method: .incremental),
      .keyIsMissing(stream: "public-orders", suggestions: ["at"])
    ),
    (
      SelectionRule(pattern: "log", method: .fullTable),
      .unsupportedMethod(stream: "log", wanted: .fullTable, forced: .logBased)
    ),
  ])
  func `a wish that cannot be fulfilled is a problem`(rule: SelectionRule, problem: SelectionProblem) throws {
    let problems = select(try catalog, .rules([rule])).problems
    #expect(problems.first == problem || problems.contains { sameKind($0, problem) && rule.pattern == "x*" })
    #expect(problems.count == 1)
  }

  private func sameKind(_ one: SelectionProblem, _ other: SelectionProblem) -> Bool {
    if case .noStream(let pattern, _) = one, case .noStream(let same, _) = other { pattern == same } else { false }
  }

  @Test(arguments: ["[]", "{}", #"{"streams":{}}"#, #"{"streams":[{}]}"#, "nonsense"])
  func `what is no catalog is refused`(text: String) {
    #expect(throws: CatalogError.self) { try Catalog(parsing: Array(text.utf8)) }
  }

  @Test func `each problem and each stream names the rule that it comes from`() throws {
    let rules = [
      SelectionRule(pattern: "customers"), SelectionRule(pattern: "invoices"),
      SelectionRule(pattern: "orders", method: .incremental, key: "when"),
    ]
    let result = select(try catalog, .rules(rules))
    #expect(result.ruleProblems.map(\.rule) == [1, 2])
    #expect(result.streams.map(\.rule) == [2, 0])
    #expect(select(try catalog, .all).streams.map(\.rule) == [nil, nil, nil])
  }
}
