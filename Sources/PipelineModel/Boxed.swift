/// A large part of a value, kept behind one reference: to copy the whole counts one more owner of the part.
///
/// It reads, compares, hashes and encodes as what is in it. A change makes another box, so it is for what is copied more often than changed.
@propertyWrapper
public struct Boxed<Value> {
  @usableFromInline let storage: Storage

  /// A class, and no indirect enum: of what is in that, all is copied out when one field is asked for.
  @usableFromInline
  final class Storage {
    @usableFromInline let value: Value

    @usableFromInline
    init(_ value: Value) { self.value = value }
  }

  @inlinable
  public init(wrappedValue: Value) { storage = Storage(wrappedValue) }

  @inlinable
  public var wrappedValue: Value {
    get { storage.value }
    set { self = Boxed(wrappedValue: newValue) }
  }
}

extension Boxed.Storage: Sendable where Value: Sendable {}
extension Boxed: Sendable where Value: Sendable {}

extension Boxed: Equatable where Value: Equatable {
  @inlinable
  public static func == (left: Boxed, right: Boxed) -> Bool {
    left.storage === right.storage || left.storage.value == right.storage.value
  }
}

extension Boxed: Hashable where Value: Hashable {
  public func hash(into hasher: inout Hasher) { hasher.combine(storage.value) }
}

extension Boxed: Codable where Value: Codable {
  public init(from decoder: any Decoder) throws {
    self.init(wrappedValue: try decoder.singleValueContainer().decode(Value.self))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(wrappedValue)
  }
}
