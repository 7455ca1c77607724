/// The rules of every zone that a set of pipelines names.
public struct ZoneTable: Hashable, Codable, Sendable {
  private var rules: [String: ZoneRules]

  public init(_ rules: [ZoneRules]) {
    self.rules = Dictionary(rules.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// These rules, and those of zones that are not among them.
  public func adding(_ others: ZoneTable) -> ZoneTable {
    var sum = self
    sum.rules.merge(others.rules) { mine, _ in mine }
    return sum
  }

  /// The rules of a zone; `UTC` is always known.
  public subscript(name: String) -> ZoneRules? {
    rules[name] ?? (name == "UTC" ? .utc : nil)
  }
}
