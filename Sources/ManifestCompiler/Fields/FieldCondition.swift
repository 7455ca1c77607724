/// Where a field means something, by the other keys of its mapping.
enum FieldCondition: Hashable, Sendable {
  case always
  case when(String, is: [String])
  case with(String)
  /// None of these keys.
  case without([String])

  /// The condition as it ends a sentence: "only with `every`".
  var phrase: String? {
    switch self {
    case .always: nil
    case .when(let key, let words): words.map { "with `\(key): \($0)`" }.joined(separator: " or ")
    case .with(let key): "with `\(key)`"
    case .without(let keys): "without \(oneOf(keys))"
    }
  }
}
