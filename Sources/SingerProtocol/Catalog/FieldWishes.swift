/// A list of field names and patterns, taken apart into what it includes and excludes.
struct FieldWishes {
  private let included: [NamePattern]
  private let excluded: [NamePattern]

  init(_ list: [String]) {
    excluded = list.filter { $0.hasPrefix("!") }.map { NamePattern(String($0.dropFirst())) }
    included = list.filter { !$0.hasPrefix("!") }.map { NamePattern($0) }
  }

  func want(_ field: String) -> Bool {
    (included.isEmpty || included.contains { $0.matches(field) }) && !excluded.contains { $0.matches(field) }
  }

  func problems(in stream: CatalogStream, key: String?) -> [SelectionProblem] {
    let fields = stream.fields
    let unknown = (included + excluded).filter { pattern in !fields.contains { pattern.matches($0) } }
    return unknown.map {
      .noField(stream: stream.id, pattern: $0.text, nearest: nearestNames(to: $0.text, in: fields))
    }
      + named(excluded, fields) { stream.inclusion(of: $0) == .automatic || $0 == key }
      .map { .automaticField(stream: stream.id, field: $0) }
      + named(included, fields) { stream.inclusion(of: $0) == .unsupported }
      .map { .unsupportedField(stream: stream.id, field: $0) }
  }

  /// Fields named without a pattern that are of some sort.
  private func named(_ patterns: [NamePattern], _ fields: [String], _ isOfSort: (String) -> Bool) -> [String] {
    patterns.filter(\.isExact).map(\.text).filter { fields.contains($0) && isOfSort($0) }
  }
}
