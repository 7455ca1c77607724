extension JSON {
  /// The same, with every member left out that is null.
  var withoutNulls: JSON {
    switch self {
    case .object(let members): .object(members.filter { $0.value != .null }.mapValues(\.withoutNulls))
    case .array(let elements): .array(elements.map(\.withoutNulls))
    case .null, .bool, .int, .double, .string: self
    }
  }
}
