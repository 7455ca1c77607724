import PipelineModel

/// The members of an object on a tape, taken in the order of their keys, which is the one that they are written in: none is searched for.
struct MembersInTurn {
  private let tape: JSONTape
  private let end: Int
  private var index: Int

  /// Nil where there is no object.
  init?(_ tape: JSONTape, _ object: Int) {
    guard tape.nodes[object].kind == .object else { return nil }
    self.tape = tape
    end = Int(tape.nodes[object].next)
    index = object + 1
  }

  /// Whether all of them were taken.
  var areOver: Bool { index == end }

  /// The index of the next member's value; nil where that member is another one, or there is none.
  mutating func take(_ key: StaticString) -> Int? {
    guard index < end, tape.spells(index, key) else { return nil }
    defer { index = Int(tape.nodes[index + 1].next) }
    return index + 1
  }

  mutating func text(_ key: StaticString) -> String? { take(key, tape.string) }
  mutating func bool(_ key: StaticString) -> Bool? { take(key, tape.bool) }
  mutating func number(_ key: StaticString) -> Int64? { take(key, tape.integer) }
  mutating func instant(_ key: StaticString) -> Timestamp? { number(key).map(Timestamp.init(milliseconds:)) }
  mutating func span(_ key: StaticString) -> TimeSpan? { number(key).map(TimeSpan.init(milliseconds:)) }

  mutating func word<Word: RawRepresentable<String>>(_ key: StaticString, as type: Word.Type) -> Word? {
    take(key) { [tape] place in tape.string(at: place).flatMap(Word.init) }
  }

  mutating func value<Value: Decodable>(_ key: StaticString, as type: Value.Type) throws -> Value? {
    guard let place = take(key) else { return nil }
    return try tape.value(type, at: place)
  }

  /// What is no such value is not taken, and so is in the way of what comes next.
  private mutating func take<Value>(_ key: StaticString, _ read: (Int) -> Value?) -> Value? {
    guard index < end, tape.spells(index, key), let value = read(index + 1) else { return nil }
    index = Int(tape.nodes[index + 1].next)
    return value
  }
}
