/// A JSON value that loses nothing: members keep their order, numbers keep their text.
///
/// Two numbers are equal when their texts are; `1` and `1.0` differ.
public enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  /// The text of a number, as JSON spells it.
  case number(String)
  case string(String)
  case array([JSONValue])
  /// Members in order; of a repeated key the last one counts.
  case object([JSONMember])

  public static func integer(_ value: Int) -> JSONValue { .number(String(value)) }

  /// The value of a key; nil where this is no object or has no such key.
  public subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.key == key }?.value
  }

  public var stringValue: String? {
    if case .string(let text) = self { text } else { nil }
  }

  public var boolValue: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }

  /// The number as an integer of 64 bits, where it is written as one and fits.
  public var integerValue: Int? {
    if case .number(let text) = self { Int(text) } else { nil }
  }

  public var arrayValue: [JSONValue]? {
    if case .array(let elements) = self { elements } else { nil }
  }

  public var objectValue: [JSONMember]? {
    if case .object(let members) = self { members } else { nil }
  }

  /// What a reader of an error message calls this kind of value.
  public var kindName: String {
    switch self {
    case .null: "null"
    case .bool: "a boolean"
    case .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }

  /// Sets a key in its place, or appends it; a value that is no object becomes one.
  public mutating func set(_ key: String, to value: JSONValue) {
    var members = objectValue ?? []
    if let index = members.lastIndex(where: { $0.key == key }) {
      members[index].value = value
    } else {
      members.append(JSONMember(key, value))
    }
    self = .object(members)
  }

  /// Removes a key wherever it stands in this object.
  public mutating func remove(_ key: String) {
    guard case .object(var members) = self else { return }
    members.removeAll { $0.key == key }
    self = .object(members)
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral {
  public init(stringLiteral value: String) { self = .string(value) }
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  public init(integerLiteral value: Int) { self = .integer(value) }
}

extension JSONValue: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(elements.map { JSONMember($0.0, $0.1) })
  }
}
