/// The rules of every zone that a set of pipelines names.
public struct ZoneTable: Hashable, Codable, Sendable {
  private let rules: [String: ZoneRules]

  public init(_ rules: [ZoneRules]) {
    self.rules = Dictionary(rules.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The rules of a zone; `UTC` is always known.
  public subscript(name: String) -> ZoneRules? {
    rules[name] ?? (name == "UTC" ? .utc : nil)
  }
}
