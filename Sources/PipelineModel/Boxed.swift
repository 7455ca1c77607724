/// A large part of a value, kept behind one reference: to copy the whole counts one more owner of the part.
///
/// It reads, compares, hashes and encodes as what is in it. A change makes another box, so it is for what is copied more often than changed.
@propertyWrapper
public indirect enum Boxed<Value> {
  case of(Value)

  @inlinable
  public init(wrappedValue: Value) { self = .of(wrappedValue) }

  @inlinable
  public var wrappedValue: Value {
    get {
      switch self {
      case .of(let value): value
      }
    }
    set { self = .of(newValue) }
  }
}

extension Boxed: Sendable where Value: Sendable {}
extension Boxed: Equatable where Value: Equatable {}
extension Boxed: Hashable where Value: Hashable {}

extension Boxed: Codable where Value: Codable {
  public init(from decoder: any Decoder) throws {
    self = .of(try decoder.singleValueContainer().decode(Value.self))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(wrappedValue)
  }
}
